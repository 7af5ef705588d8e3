import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';

/** An entry of the team's balance. Amounts are decimal texts. */
export interface Entry {
  id: string;
  at: string;
  kind: 'credit' | 'usage' | 'expiry' | 'reversal' | 'adjustment';
  amount: string;
  balance_after: string;
  currency: string;
  reference: {type: string; id: string} | null;
  reverses: string | null;
}

/** How the team stands. */
export interface Balance {
  currency: string;
  /** What the ledger says. */
  posted: string;
  /** What open reservations hold of it. */
  pending: string;
  /** What can still be spent, with a credit limit where there is one. */
  available: string;
}

const PAGE_SIZE = 50;

export const balance = () => call<Balance>('/api/manage/users/balance', {query: {project_id: current().projectId ?? undefined}});

export async function entries(cursor?: string): Promise<Page<Entry>> {
  const path = `/api/team-billing/${encodeURIComponent(current().teamId ?? '')}/ledger`;
  const page = await call<{entries: Entry[]; next_cursor: string | null}>(path, {query: {limit: PAGE_SIZE, cursor}});
  return {items: page.entries, next: page.next_cursor};
}
