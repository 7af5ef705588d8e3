import {call} from '../api/client';
import {allPages, type Page} from '../api/paged';
import type {Choice} from '../design/inputs';

export type BillingMode = 'prepaid' | 'postpaid';

/** Who is billed. */
export interface Team {
  id: string;
  name: string;
  currency: string;
  status: 'active' | 'suspended';
  billing_mode: BillingMode;
  /** How much a postpaid team may owe, as decimal text; null for any amount, and for prepaid teams. */
  credit_limit: string | null;
  created_at: string;
}

/** A team as it is to be; what is left out stays. */
export type TeamSettings = Partial<Pick<Team, 'name' | 'currency' | 'billing_mode' | 'credit_limit'>>;

/** Credit that is to be given. */
export interface Credit {
  amount: string;
  reason: string | null;
  expires_at: string | null;
}

const PAGE_SIZE = 50;
/** The most that the API gives at once. */
const LARGEST_PAGE = 200;
const MOST_CHOICES = 5000;

function path(id: string, what = ''): string {
  return `/api/teams/${encodeURIComponent(id)}${what}`;
}

export async function teams(cursor?: string, limit = PAGE_SIZE): Promise<Page<Team>> {
  const page = await call<{teams: Team[]; next_cursor: string | null}>('/api/teams', {query: {limit, cursor}});
  return {items: page.teams, next: page.next_cursor};
}

/** The teams that there are to choose from, by their ids, in the order of their names. */
export async function teamChoices(): Promise<Choice[]> {
  const all = await allPages(cursor => teams(cursor, LARGEST_PAGE), MOST_CHOICES);
  return all.sort((one, other) => one.name.localeCompare(other.name)).map(({id, name}) => [id, name]);
}

export const getTeam = (id: string) => call<Team>(path(id));

export const createTeam = (settings: TeamSettings) => call<Team>('/api/teams', {method: 'POST', body: settings});

export const updateTeam = (id: string, settings: TeamSettings) => call<Team>(path(id), {method: 'PUT', body: settings});

export const suspendTeam = (id: string) => call<Team>(path(id, '/suspend'), {method: 'POST'});

export const unsuspendTeam = (id: string) => call<Team>(path(id, '/unsuspend'), {method: 'POST'});

export const deleteTeam = (id: string) => call(path(id), {method: 'DELETE'});

export const createProject = (teamId: string, name: string) => call('/api/projects', {method: 'POST', body: {name, team_id: teamId}});

/** The same key for the same credit: sent again, it is given once. */
export const giveCredit = (teamId: string, credit: Credit, idempotencyKey: string) =>
  call(`/api/team-billing/${encodeURIComponent(teamId)}/credits`, {method: 'POST', body: credit, idempotencyKey});
