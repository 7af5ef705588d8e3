import type {Choice} from '../design/inputs';
import {ownZone} from '../design/zones';
import {periodOf} from './period';

export type Bucket = '1h' | '6h' | '1d' | '1w' | '1M' | '1Y';
export type Grouping = 'none' | 'meter' | 'model' | 'provider' | 'user_key' | 'user' | 'project';

export const BUCKETS: readonly Choice<Bucket>[] = [['1h', 'Hour'], ['6h', '6 hours'], ['1d', 'Day'], ['1w', 'Week'], ['1M', 'Month'], ['1Y', 'Year']];
export const GROUPINGS: readonly Choice<Grouping>[] = [['none', 'Nothing'], ['meter', 'Meter'], ['model', 'Model'], ['provider', 'Provider'], ['user_key', 'API key'],
  ['user', 'User'], ['project', 'Project']];

/** What is asked about usage. Dates are of the zone's calendar; the last one is not included. */
export interface Question {
  from: string;
  until: string;
  timezone: string;
  bucket: Bucket;
  groupBy: Grouping;
}

/** What an address asks, and where it says nothing, the last 30 days. */
export function questionOf(address: URLSearchParams): Question {
  const timezone = address.get('timezone') ?? ownZone();
  const {from, until} = periodOf('30d', timezone);
  return {
    from: address.get('from') ?? from,
    until: address.get('until') ?? until,
    timezone,
    bucket: one(BUCKETS, address.get('bucket')) ?? '1d',
    groupBy: one(GROUPINGS, address.get('group_by')) ?? 'model',
  };
}

/** The question as the API and an address put it. */
export function parametersOf({from, until, timezone, bucket, groupBy}: Question): Record<string, string> {
  return {from, until, timezone, bucket, group_by: groupBy};
}

function one<T extends string>(choices: readonly Choice<T>[], word: string | null): T | undefined {
  return choices.find(([known]) => known === word)?.[0];
}
