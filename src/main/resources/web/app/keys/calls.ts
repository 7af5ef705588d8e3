import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';
import type {IssuedKey, Key, KeySettings} from './key';

const PATH = '/api/manage/api-keys';
const PAGE_SIZE = 50;

/** Which keys are shown; empty for all. */
export type KeyFilter = {
  search: string;
  status: string;
};

function project() {
  return {project_id: current().projectId ?? undefined};
}

function of(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

export async function listKeys({search, status}: KeyFilter, cursor?: string): Promise<Page<Key>> {
  const query = {...project(), search, status, cursor, limit: PAGE_SIZE};
  const page = await call<{api_keys: Key[]; next_cursor: string | null}>(PATH, {query});
  return {items: page.api_keys, next: page.next_cursor};
}

export const getKey = (id: string) => call<Key>(of(id), {query: project()});

export const createKey = (settings: KeySettings & {is_management_key: boolean}, idempotencyKey: string) =>
  call<IssuedKey>(PATH, {method: 'POST', query: project(), body: settings, idempotencyKey});

/** Changes what is given; the rest stays. */
export const updateKey = (id: string, changes: Partial<KeySettings> & {enabled?: boolean}) =>
  call<Key>(of(id), {method: 'PUT', query: project(), body: changes});

export const rotateKey = (id: string, overlapSeconds: number, idempotencyKey: string) =>
  call<IssuedKey>(`${of(id)}/rotate`, {method: 'POST', query: project(), body: {overlap_seconds: overlapSeconds}, idempotencyKey});

export const revokeKey = (id: string) => call<Key>(`${of(id)}/revoke`, {method: 'POST', query: project()});

export const endOverlap = (id: string) => call<Key>(`${of(id)}/previous-secret`, {method: 'DELETE', query: project()});

export const deleteKey = (id: string) => call(of(id), {method: 'DELETE', query: project()});
