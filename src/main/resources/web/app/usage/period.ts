import type {Choice} from '../design/inputs';
import type {Bucket} from './question';

export type Period = 'today' | '7d' | '30d' | 'month' | 'last-month' | '12M';

export const PERIODS: readonly Choice<Period>[] = [['today', 'Today'], ['7d', '7 days'], ['30d', '30 days'], ['month', 'This month'], ['last-month', 'Last month'], ['12M', '12 months']];

/** How finely each is looked at, to begin with. */
export const BUCKET_OF: Record<Period, Bucket> = {'today': '1h', '7d': '1d', '30d': '1d', 'month': '1d', 'last-month': '1d', '12M': '1M'};

/** The first day, and the first one after the last. */
export interface Days {
  from: string;
  until: string;
}

/** A period up to now, on a zone's calendar. */
export function periodOf(period: Period, timezone: string, now = new Date()): Days {
  const [year, month, day] = today(timezone, now);
  const tomorrow = date(year, month, day + 1);
  switch (period) {
    case 'today': return {from: date(year, month, day), until: tomorrow};
    case '7d': return {from: date(year, month, day - 6), until: tomorrow};
    case '30d': return {from: date(year, month, day - 29), until: tomorrow};
    case 'month': return {from: date(year, month, 1), until: date(year, month + 1, 1)};
    case 'last-month': return {from: date(year, month - 1, 1), until: date(year, month, 1)};
    case '12M': return {from: date(year, month - 11, 1), until: date(year, month + 1, 1)};
  }
}

/** This month and those before it, as `2026-11`, the newest first. */
export function months(count: number, now = new Date()): string[] {
  return Array.from({length: count}, (_, back) => date(now.getUTCFullYear(), now.getUTCMonth() - back, 1).slice(0, 'yyyy-mm'.length));
}

function today(timezone: string, now: Date): [number, number, number] {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en', {timeZone: timezone, year: 'numeric', month: 'numeric', day: 'numeric'})
    .formatToParts(now).map(({type, value}) => [type, Number(value)]));
  return [parts.year!, parts.month! - 1, parts.day!];
}

/** Of a calendar without zones: a day or month beyond the end goes on into the next. */
export function date(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 'yyyy-mm-dd'.length);
}
