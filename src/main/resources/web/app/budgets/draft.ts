import {ownZone} from '../design/zones';
import type {Budget, BudgetSettings, Period, Scope} from './budgets';

/** A budget as it is typed. */
export interface Draft {
  name: string;
  scope: Scope;
  keyId: string;
  userId: string;
  period: Period;
  timezone: string;
  /** In per cent, with commas between them. */
  thresholds: string;
  limit: string;
  enforced: boolean;
}

const WHOLE = 100;
const DIGITS = 6;

/** What a form begins with: what is, or what most people want. */
export function draftOf(budget: Budget | null): Draft {
  return budget
    ? {name: budget.name ?? '', scope: budget.scope, keyId: budget.key_id ?? '', userId: budget.user_id ?? '', period: budget.period, timezone: budget.timezone,
      thresholds: budget.thresholds.map(fraction => Number((Number(fraction) * WHOLE).toFixed(DIGITS))).join(', '), limit: budget.hard_limit, enforced: budget.enforced}
    : {name: '', scope: 'project', keyId: '', userId: '', period: 'monthly', timezone: ownZone(), thresholds: '50, 80, 100', limit: '', enforced: true};
}

/** What is sent; what was typed wrong goes as it is, for the API to say so. */
export function settingsOf(draft: Draft): BudgetSettings {
  return {
    name: draft.name.trim() || null,
    scope: draft.scope,
    key_id: draft.scope === 'key' ? draft.keyId || null : null,
    user_id: draft.scope === 'user' ? draft.userId || null : null,
    period: draft.period,
    timezone: draft.timezone.trim(),
    thresholds: draft.thresholds.split(/[\s,%]+/).filter(Boolean).map(fraction),
    hard_limit: draft.limit.trim(),
    enforced: draft.enforced,
  };
}

function fraction(percent: string): string {
  const number = Number(percent);
  return Number.isFinite(number) ? String(Number((number / WHOLE).toFixed(DIGITS))) : percent;
}
