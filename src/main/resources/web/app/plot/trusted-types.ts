interface TrustedTypes {
  defaultPolicy: object | null;
  createPolicy(name: string, rules: {createHTML: (text: string) => string | null}): object;
}

/**
 * Lets the plotting library empty the element it draws in, which it does by setting `innerHTML` to nothing. Any other text
 * is refused, as the page's policy has it.
 */
export function allowClearing() {
  const {trustedTypes} = window as {trustedTypes?: TrustedTypes};
  if (trustedTypes && !trustedTypes.defaultPolicy) {
    trustedTypes.createPolicy('default', {createHTML: text => (text === '' ? text : null)});
  }
}
