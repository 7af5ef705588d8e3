const SHOWN_FOR = 4000;

/** Says in passing that something was done. Read out by screen readers, and gone by itself: nothing that matters stands here alone. */
export function toast(text: string) {
  const shown = document.createElement('div');
  shown.className = 'toast';
  shown.textContent = text;
  corner().append(shown);
  setTimeout(() => shown.remove(), SHOWN_FOR);
}

function corner(): HTMLElement {
  // A modal dialog makes all else inert, toasts too.
  const above = document.querySelector('dialog[open]') ?? document.body;
  let found = above.querySelector<HTMLElement>(':scope > .toasts');
  if (!found) {
    found = document.createElement('div');
    found.className = 'toasts';
    found.setAttribute('role', 'status');
    above.append(found);
  }
  return found;
}
