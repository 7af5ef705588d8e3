/** Puts the focus on something that is just being shown. */
export async function focusNow(within: HTMLElement, selector: string) {
  await new Promise(requestAnimationFrame);
  within.querySelector<HTMLElement>(selector)?.focus();
}

/** Puts the focus on the first control that something is wrong with, so that its error is read out. */
export async function focusFirstError(form: HTMLElement) {
  await focusNow(form, '[aria-invalid="true"]');
}

/** Where what had the focus is gone, it goes to the page's content, so that the next step by keyboard is not from the very start. */
export function keepFocus() {
  if (document.activeElement === document.body) {
    document.getElementById('main')?.focus({preventScroll: true});
  }
}
