import {sum} from '../design/money';
import {ownZone} from '../design/zones';
import {date} from '../usage/period';
import {report} from '../usage/report';

/** What one day cost. */
export interface Day {
  at: Date;
  cost: string;
  requests: number;
}

/** This month so far, beside the last one up to the same day. */
export interface Month {
  cost: string;
  requests: number;
  costBefore: string;
  days: Day[];
}

/** Reads the usage since the last month began, on the calendar of the reader's own zone. */
export async function month(now = new Date()): Promise<Month> {
  const first = new Date(now.getFullYear(), now.getMonth(), 1);
  const before = new Date(now.getFullYear(), now.getMonth() - 1, 1);
  const sameDay = new Date(before.getFullYear(), before.getMonth(), Math.min(now.getDate(), daysOf(before)) + 1);
  const {totals} = await report({from: date(now.getFullYear(), now.getMonth() - 1, 1), until: date(now.getFullYear(), now.getMonth(), now.getDate() + 1), timezone: ownZone(),
    bucket: '1d', groupBy: 'none'});
  const days = totals.map(({start, requests, cost}): Day => ({at: new Date(start), cost, requests}));
  const thisMonth = days.filter(({at}) => at >= first);
  return {
    cost: sum(thisMonth.map(({cost}) => cost)),
    requests: thisMonth.reduce((so, {requests}) => so + requests, 0),
    costBefore: sum(days.filter(({at}) => at < sameDay && at < first).map(({cost}) => cost)),
    days: thisMonth,
  };
}

function daysOf(of: Date): number {
  return new Date(of.getFullYear(), of.getMonth() + 1, 0).getDate();
}
