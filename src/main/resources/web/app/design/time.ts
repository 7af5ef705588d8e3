import {html, nothing} from 'lit';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60]];
const relative = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});
const precise = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});

/** How long ago something was, or how far off it is, in its largest unit. */
export function distance(at: Date, now = new Date()): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return relative.format(Math.trunc(seconds / length), unit);
    }
  }
  return seconds > 0 ? 'in under a minute' : 'just now';
}

/** A point in time in the reader's own zone. */
export function exact(at: Date): string {
  return precise.format(at);
}

/** A point in time: how far off, and exactly where one points at it. */
export function ago(at: Date | null, never = 'Never') {
  return at ? html`<time datetime=${at.toISOString()} title=${exact(at)}>${distance(at)}</time>` : html`<span class="muted">${never}</span>`;
}

/** A point in time, exactly, and how far off it is. */
export function moment(at: Date | null, never = 'Never') {
  return at ? html`<time datetime=${at.toISOString()}>${exact(at)}</time> <span class="muted">(${distance(at)})</span>` : never || nothing;
}
