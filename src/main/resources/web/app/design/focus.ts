/** Puts the focus on something that is just being shown. */
export async function focusNow(within: HTMLElement, selector: string) {
  await new Promise(requestAnimationFrame);
  within.querySelector<HTMLElement>(selector)?.focus();
}

/** Puts the focus on the first control that something is wrong with, so that its error is read out. */
export async function focusFirstError(form: HTMLElement) {
  await focusNow(form, '[aria-invalid="true"]');
}
