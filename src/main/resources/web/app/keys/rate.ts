import type {RateLimit} from './key';

/** The units in which windows are told, largest first. */
export const UNITS: [number, string][] = [[86_400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** A window in its largest whole unit. */
export function inUnits(seconds: number): [number, number, string] {
  const [length, name] = UNITS.find(([unit]) => seconds % unit === 0)!;
  return [seconds / length, length, name];
}

/** A limit as people say it. */
export function rateText({limit, window_seconds}: RateLimit): string {
  const [count, , unit] = inUnits(window_seconds);
  const times = `${limit.toLocaleString('en')} ${limit === 1 ? 'request' : 'requests'}`;
  return count === 1 ? `${times} a ${unit}`.replace('a hour', 'an hour') : `${times} in ${count} ${unit}s`;
}
