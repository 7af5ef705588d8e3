import type {Bucket, Grouping} from './question';
import type {Report, Row} from './report';

const SHAPES: Record<Bucket, Intl.DateTimeFormatOptions> = {
  '1h': {month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'},
  '6h': {month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'},
  '1d': {month: 'short', day: 'numeric', year: 'numeric'},
  '1w': {month: 'short', day: 'numeric', year: 'numeric'},
  '1M': {month: 'short', year: 'numeric'},
  '1Y': {year: 'numeric'},
};
const WITHOUT: Partial<Record<Grouping, string>> = {model: 'No model', provider: 'No provider', user: 'No user'};

/** Names buckets by when they begin, in the zone that was asked for. */
export function bucketNames({question: {bucket, timezone}}: Report): (start: string) => string {
  const format = new Intl.DateTimeFormat('en', {...SHAPES[bucket], timeZone: timezone});
  return start => format.format(new Date(start));
}

/** What the group of a row is called. */
export function groupName({group, group_name: name}: Row, grouping: Grouping): string {
  return name ?? group ?? WITHOUT[grouping] ?? 'All';
}

/** Both ends, to the minute, and that the last one does not count. */
export function range({from, until, question: {timezone}}: Report): string {
  const format = new Intl.DateTimeFormat('en', {dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: timezone});
  return `From ${format.format(new Date(from))} up to, and not including, ${format.format(new Date(until))}, ${timezone}.`;
}
