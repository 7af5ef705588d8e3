/** How long a new key may live. */
export const LIFETIMES: [string, string][] = [['', 'Never'], ['7', 'In 7 days'], ['30', 'In 30 days'], ['90', 'In 90 days'], ['365', 'In a year'], ['at', 'At a date and time…']];

const DAY = 86_400_000;

/** What was chosen, as the API takes it. */
export function expiresAt(choice: string, at: string): string | null {
  if (choice === '') {
    return null;
  }
  return choice === 'at' ? localTime(at) : new Date(Date.now() + Number(choice) * DAY).toISOString();
}

/** What stands in a date and time field, which is in the reader's zone. What is no time is left for the API to refuse. */
function localTime(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}

/** A point in time as a date and time field has it. */
export function fieldText(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
