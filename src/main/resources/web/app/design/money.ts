/**
 * An amount as people write it, from the API's decimal text and exact to its last digit: no number of JavaScript's holds it.
 * At least two decimals, and none that say nothing.
 */
export function money(amount: string, currency: string): string {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? ['', '', amount];
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  const decimals = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${sign === '-' ? '−' : ''}${grouped}.${decimals} ${currency}`;
}
