import {call} from '../api/client';
import {type Budget, budgets} from '../budgets/budgets';
import type {Key} from '../keys/key';
import {current} from '../session/session';

const DAY = 86_400_000;
const SOON_DAYS = 14;
const NEAR = 0.8;
const MOST = 200;
const MOST_TOLD = 10;

/** The keys of the project that work, and what of keys and budgets wants somebody to look at it. */
export interface Attention {
  activeKeys: number;
  /** Whether there are more of them than were counted. */
  more: boolean;
  expiring: Key[];
  /** Whether more expire soon than are told. */
  moreExpiring: boolean;
  budgets: Budget[];
}

export async function attention(now = new Date()): Promise<Attention> {
  const soon = new Date(now.getTime() + SOON_DAYS * DAY);
  const [keys, ending, limits] = await Promise.all([active({limit: MOST}), active({limit: MOST_TOLD, expires_before: soon.toISOString()}), budgets()]);
  return {
    activeKeys: keys.api_keys.length,
    more: keys.next_cursor !== null,
    expiring: ending.api_keys,
    moreExpiring: ending.next_cursor !== null,
    budgets: limits.items.filter(({spent, hard_limit: limit}) => Number(spent) >= NEAR * Number(limit)),
  };
}

function active(what: {limit: number; expires_before?: string}) {
  return call<{api_keys: Key[]; next_cursor: string | null}>('/api/manage/api-keys', {query: {project_id: current().projectId ?? undefined, status: 'active', ...what}});
}
