import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';
import type {Entry} from './entries';

/** Which entries are shown; empty for all. */
export type Filter = {
  actor: string;
  action: string;
};

/** Whether the log is as it was written. */
export interface Chain {
  valid: boolean;
  entries: number;
  first_broken: {id: string | null; seq: number; at: string | null; reason: string} | null;
}

const PAGE_SIZE = 50;

function team() {
  return {team_id: current().teamId ?? undefined};
}

export async function log({actor, action}: Filter, cursor?: string): Promise<Page<Entry>> {
  const query = {...team(), actor, action, limit: PAGE_SIZE, cursor};
  const page = await call<{entries: Entry[]; next_cursor: string | null}>('/api/audit', {query});
  return {items: page.entries, next: page.next_cursor};
}

export const verifyChain = () => call<Chain>('/api/audit/verify', {query: team()});
