import {isAdmin} from '../session/session';

/** A scope of management keys. */
export interface Scope {
  word: string;
  does: string;
  /** Whether only an admin has it, and so may give it. */
  admins?: boolean;
}

const SCOPES: Scope[] = [
  {word: 'keys:read', does: 'List and read keys'},
  {word: 'keys:write', does: 'Create, edit, rotate, revoke'},
  {word: 'keys:verify', does: 'Ask whether a key may be used'},
  {word: 'settings:read', does: 'Read the configuration'},
  {word: 'settings:write', does: 'Change the configuration'},
  {word: 'billing:read', does: 'Read usage, balance, bills'},
  {word: 'billing:write', does: 'Set budgets, give credit', admins: true},
  {word: 'usage:write', does: 'Report usage', admins: true},
  {word: 'users:read', does: 'Read people and projects'},
  {word: 'users:write', does: 'Change people and projects', admins: true},
];

/** What whoever is signed in may give to a key: no more than they have. */
export function grantableScopes(): Scope[] {
  return SCOPES.filter(scope => isAdmin() || !scope.admins);
}
