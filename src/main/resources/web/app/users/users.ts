import {call} from '../api/client';
import type {Page} from '../api/paged';

export type TeamRole = 'admin' | 'member';
export type Role = TeamRole | 'operator';

/** Somebody with an account. */
export interface User {
  id: string;
  email: string;
  name: string;
  /** Null for who is in no team. */
  role: Role | null;
  status: 'active' | 'disabled';
  created_at: string;
}

/** What is changed of an account; what is left out stays. */
export type UserChange = Partial<Pick<User, 'name' | 'email' | 'status'> & {password: string}>;

/** An account that is to be made. */
export interface NewUser {
  email: string;
  name: string;
  password: string;
  role: TeamRole;
  team_id: string;
}

const PAGE_SIZE = 50;

function path(id: string): string {
  return `/api/users/${encodeURIComponent(id)}`;
}

export async function users(cursor?: string): Promise<Page<User>> {
  const page = await call<{users: User[]; next_cursor: string | null}>('/api/users', {query: {limit: PAGE_SIZE, cursor}});
  return {items: page.users, next: page.next_cursor};
}

export const createUser = (user: NewUser) => call<User>('/api/users', {method: 'POST', body: user});

export const updateUser = (id: string, change: UserChange) => call<User>(path(id), {method: 'PUT', body: change});

export const deleteUser = (id: string) => call(path(id), {method: 'DELETE'});
