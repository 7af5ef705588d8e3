/**
 * An amount as people write it, from the API's decimal text and exact to its last digit: no number of JavaScript's holds it.
 * At least two decimals, and none that say nothing.
 */
export function money(amount: string, currency: string): string {
  const [whole, fraction] = parts(amount);
  return `${whole}.${fraction.padEnd(2, '0')} ${currency}`;
}

/** A quantity as people write it, likewise exact. */
export function quantity(amount: string): string {
  const [whole, fraction] = parts(amount);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function parts(amount: string): [string, string] {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? ['', '', amount];
  return [`${sign === '-' ? '−' : ''}${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}`, fraction.replace(/0+$/, '')];
}

/** The exact sum of decimal texts. */
export function sum(amounts: string[]): string {
  const places = Math.max(0, ...amounts.map(amount => fractionOf(amount).length));
  const total = amounts.reduce((so, amount) => so + BigInt(amount.replace('.', '') + '0'.repeat(places - fractionOf(amount).length)), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${total < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(digits.length - places)}` : ''}`;
}

function fractionOf(amount: string): string {
  return amount.split('.')[1] ?? '';
}
