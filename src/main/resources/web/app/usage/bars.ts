import type {Series} from '../plot/stacked-bars';
import type {Report, Row} from './report';
import {groupName} from './words';

export type Measure = 'cost' | 'requests' | 'quantity';

/** More could not be told apart by their colours. */
const MOST = 7;

/** The bars of each group, the greatest first, and those of all the smaller ones together. */
export function bars({totals, rows, question: {groupBy}}: Report, measure: Measure): Series[] {
  const places = new Map(totals.map(({start}, place) => [start, place]));
  const groups = new Map<string, Series>();
  for (const row of rows) {
    const name = groupName(row, groupBy);
    const series = groups.get(row.group ?? '') ?? {name, values: totals.map(() => 0)};
    groups.set(row.group ?? '', series);
    series.values[places.get(row.start)!]! += value(row, measure);
  }
  const sorted = [...groups.values()].sort((one, other) => total(other) - total(one));
  return sorted.length > MOST + 1 ? [...sorted.slice(0, MOST), together(sorted.slice(MOST))] : sorted;
}

function together(rest: Series[]): Series {
  return {name: `${rest.length} others`, values: rest[0]!.values.map((_, place) => rest.reduce((so, {values}) => so + values[place]!, 0))};
}

function total({values}: Series): number {
  return values.reduce((so, one) => so + one, 0);
}

/** Near enough for a picture; the table has the digits. */
function value(row: Row, measure: Measure): number {
  return Number(row[measure]);
}
