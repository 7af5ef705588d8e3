import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';

/** Something that was done, as the audit log tells it. */
export interface Entry {
  id: string;
  at: string;
  actor: {type: 'api_key' | 'user' | 'system'; id: string | null; name: string | null};
  action: string;
  target: {type: string; id: string};
  ip: string | null;
  changes: Record<string, unknown>;
}

const PAGE_SIZE = 20;

/** What was done to one thing, the newest first. */
export async function historyOf(type: string, id: string, cursor?: string): Promise<Page<Entry>> {
  const query = {team_id: current().teamId ?? undefined, target: `${type}:${id}`, limit: PAGE_SIZE, cursor};
  const page = await call<{entries: Entry[]; next_cursor: string | null}>('/api/audit', {query});
  return {items: page.entries, next: page.next_cursor};
}
