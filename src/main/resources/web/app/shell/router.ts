/** Told when another page is to be shown. */
export const NAVIGATED = 'tk-navigated';

/** Goes to another of the console's pages. */
export function navigate(to: string, {replace = false} = {}) {
  if (replace) {
    history.replaceState(null, '', to);
  } else {
    history.pushState(null, '', to);
  }
  dispatchEvent(new CustomEvent(NAVIGATED));
}

/** Notes in the address what a page shows, so that it can be linked to; the page itself stays. */
export function noteInAddress(parameters: Record<string, string>) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  const query = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  history.replaceState(null, '', location.pathname + query);
}

/** Follows links between pages without loading the console anew. */
export function followLinks() {
  addEventListener('popstate', () => dispatchEvent(new CustomEvent(NAVIGATED)));
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && !event.defaultPrevented && link.origin === location.origin && !link.target && !link.hash) {
      event.preventDefault();
      navigate(link.pathname + link.search);
    }
  });
}

/** The parts of a path that fit a pattern such as `/keys/:id`; null where it does not. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const parts: Record<string, string> = {};
  const fits = wanted.length === given.length && wanted.every((part, index) => {
    if (part.startsWith(':')) {
      parts[part.slice(1)] = given[index]!;
      return given[index] !== '';
    }
    return part === given[index];
  });
  return fits ? parts : null;
}
