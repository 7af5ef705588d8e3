import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';

export type Scope = 'project' | 'key' | 'each_key' | 'user' | 'each_user';
export type Period = 'daily' | 'weekly' | 'monthly' | 'total';

/** What can be set of a budget. Amounts are decimal texts. */
export interface BudgetSettings {
  name: string | null;
  scope: Scope;
  key_id: string | null;
  user_id: string | null;
  period: Period;
  timezone: string;
  /** Fractions of the limit. */
  thresholds: (number | string)[];
  hard_limit: string;
  enforced: boolean;
}

/** A limit on what a project, a key or a user may cost. */
export interface Budget extends BudgetSettings {
  id: string;
  currency: string;
  spent: string;
  resets_at: string | null;
}

export const SCOPES: [Scope, string][] = [['project', 'The whole project'], ['each_key', 'Each key by itself'], ['key', 'One key'], ['each_user', 'Each user by themselves'], ['user', 'One user']];
export const PERIODS: [Period, string][] = [['daily', 'A day'], ['weekly', 'A week, from Monday'], ['monthly', 'A month'], ['total', 'For good']];

const PATH = '/api/budgets';
const PAGE_SIZE = 50;

function project() {
  return {project_id: current().projectId ?? undefined};
}

function of(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

export async function budgets(cursor?: string): Promise<Page<Budget>> {
  const page = await call<{budgets: Budget[]; next_cursor: string | null}>(PATH, {query: {...project(), limit: PAGE_SIZE, cursor}});
  return {items: page.budgets, next: page.next_cursor};
}

export const createBudget = (settings: BudgetSettings) => call<Budget>(PATH, {method: 'POST', query: project(), body: settings});

export const updateBudget = (id: string, settings: BudgetSettings) => call<Budget>(of(id), {method: 'PUT', query: project(), body: settings});

export const deleteBudget = (id: string) => call(of(id), {method: 'DELETE', query: project()});
