import {malformed} from './key-text';
import type {Verdict} from './verdict';

/** A check that a request has to pass, and what to do about it where it fails: by the code of the refusal. */
interface Check {
  name: string;
  advice: Record<string, string>;
}

/** One check, and how it ended. Those after the one that failed are not made. */
export interface Step {
  name: string;
  state: 'passed' | 'failed' | 'skipped';
  advice?: string;
}

const WRITTEN = 'It is written as a key';

/** In the order in which the service makes them. */
const CHECKS: Check[] = [
  {name: 'It is a key of this team', advice: {
    key_invalid: 'No key of yours has this secret. It may be of another team or installation, deleted, or rotated out. Look for its last four characters in the list of keys.'}},
  {name: 'It is neither revoked nor disabled', advice: {
    key_revoked: 'It was revoked, for good. Create another key, and put that in its place.',
    key_disabled: 'It was disabled. Enable it on its page, if it should work.'}},
  {name: 'It has not expired', advice: {key_expired: 'Set a later expiry on its page, or create another key.'}},
  {name: 'The team is not suspended', advice: {team_suspended: 'The operator has suspended the team. Ask them why.'}},
  {name: 'The address is allowed', advice: {
    ip_not_allowed: 'Its rules do not have this address. Add it on the key’s page, or look whether a proxy hides the client’s address: the operator names trusted proxies.'}},
  {name: 'It has the scopes', advice: {scope_missing: 'Add the scope on its page, or use a key that has it.'}},
  {name: 'Rate limit and remaining uses are not used up', advice: {
    rate_limited: 'Wait until the limit starts anew, or raise it on the key’s page.'}},
  {name: 'Balance and budgets are not used up', advice: {
    insufficient_balance: 'The team’s balance is used up. Add credit.',
    budget_exhausted: 'A budget of the key, its project or its user is used up. Raise it, or wait for its next period.'}},
];

/** How each check went. */
export function steps(key: string, verdict: Verdict): Step[] {
  const wrong = verdict.code === 'key_invalid' ? malformed(key) : null;
  if (wrong) {
    return [{name: WRITTEN, state: 'failed', advice: wrong}, ...CHECKS.map(({name}): Step => ({name, state: 'skipped'}))];
  }
  const failed = verdict.valid ? CHECKS.length : CHECKS.findIndex(({advice}) => verdict.code in advice);
  return [{name: WRITTEN, state: 'passed'}, ...CHECKS.map(({name, advice}, place): Step =>
    place === failed ? {name, state: 'failed', advice: advice[verdict.code]} : {name, state: place < failed ? 'passed' : 'skipped'})];
}
