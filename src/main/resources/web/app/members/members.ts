import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';
import {createUser, type NewUser, type TeamRole} from '../users/users';

export type Role = TeamRole;

/** Somebody in the team. */
export interface Member {
  user_id: string;
  email: string;
  name: string;
  role: Role;
  created_at: string;
}

/** Somebody who is to be in it. */
export type NewMember = Omit<NewUser, 'team_id'>;

const PAGE_SIZE = 50;

function path(userId = ''): string {
  const all = `/api/teams/${encodeURIComponent(current().teamId ?? '')}/members`;
  return userId ? `${all}/${encodeURIComponent(userId)}` : all;
}

export async function members(cursor?: string): Promise<Page<Member>> {
  const page = await call<{members: Member[]; next_cursor: string | null}>(path(), {query: {limit: PAGE_SIZE, cursor}});
  return {items: page.members, next: page.next_cursor};
}

export const setRole = (userId: string, role: Role) => call(path(userId), {method: 'PUT', body: {role}});

export const removeMember = (userId: string) => call(path(userId), {method: 'DELETE'});

export const addMember = (member: NewMember) => createUser({...member, team_id: current().teamId ?? ''});
