import {call, callForFile} from '../api/client';
import {current} from '../session/session';
import {parametersOf, type Question} from './question';

/** The usage of one group in one bucket. */
export interface Row {
  start: string;
  end: string;
  group: string | null;
  group_name: string | null;
  quantity: string;
  requests: number;
  cost: string;
}

/** What was used, and by what. */
export interface Report {
  question: Question;
  /** Where it begins and ends; the end is not included. */
  from: string;
  until: string;
  currency: string;
  /** Each bucket's total, empty ones too. */
  totals: Row[];
  /** By group where one was asked for; else the same as the totals. */
  rows: Row[];
}

type Answer = Omit<Report, 'question' | 'totals'>;

const PATH = '/api/usage';

/** Asks for usage, of one key where one is named. */
export async function report(question: Question, keyId?: string): Promise<Report> {
  const ask = (what: Question) => call<Answer>(PATH, {query: {...of(what), key_id: keyId}});
  const [totals, grouped] = await Promise.all([ask({...question, groupBy: 'none'}), question.groupBy === 'none' ? null : ask(question)]);
  return {...totals, question, totals: totals.rows, rows: (grouped ?? totals).rows};
}

/** The rows as CSV. */
export const reportFile = (question: Question) => callForFile(PATH, {query: of(question), accept: 'text/csv'});

function of(question: Question) {
  return {...parametersOf(question), team_id: current().teamId ?? undefined};
}
