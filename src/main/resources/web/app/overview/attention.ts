import {call} from '../api/client';
import {type Budget, budgets} from '../budgets/budgets';
import type {Key} from '../keys/key';
import {current} from '../session/session';

const DAY = 86_400_000;
const SOON_DAYS = 14;
const NEAR = 0.8;
const MOST = 100;

/** The keys of the project that work, and what of keys and budgets wants somebody to look at it. */
export interface Attention {
  activeKeys: number;
  /** Whether there are more of them than were counted. */
  more: boolean;
  expiring: Key[];
  budgets: Budget[];
}

export async function attention(now = new Date()): Promise<Attention> {
  const [keys, limits] = await Promise.all([activeKeys(), budgets()]);
  const soon = new Date(now.getTime() + SOON_DAYS * DAY);
  return {
    activeKeys: keys.api_keys.length,
    more: keys.next_cursor !== null,
    expiring: keys.api_keys.filter(({expires_at: at}) => at !== null && new Date(at) < soon),
    budgets: limits.items.filter(({spent, hard_limit: limit}) => Number(spent) >= NEAR * Number(limit)),
  };
}

function activeKeys() {
  return call<{api_keys: Key[]; next_cursor: string | null}>('/api/manage/api-keys', {query: {project_id: current().projectId ?? undefined, status: 'active', limit: MOST}});
}
