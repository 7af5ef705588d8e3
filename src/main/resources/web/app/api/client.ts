import {ApiProblem} from './problem';

/** What a request says besides its path. */
export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parameters; what is undefined or empty is left out. */
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Makes the call safe to repeat. */
  idempotencyKey?: string;
  /** The form of the answer, where it is not JSON. */
  accept?: string;
  /** The tag of what one has seen: refused where somebody has changed it since. */
  ifMatch?: string;
}

/** What was answered, and the tag that tells this state of it from others. */
export interface Tagged<T> {
  value: T;
  tag: string;
}

/** Told when a request finds that nobody is signed in any more. */
export const SESSION_ENDED = 'tk-session-ended';

/** Calls the API in the name of whoever is signed in. */
export async function call<T>(path: string, what: Call = {}): Promise<T> {
  const response = await exchange(path, what);
  return response.status === 204 ? (undefined as T) : response.json();
}

/** Calls the API for something that is to be changed later. */
export async function callTagged<T>(path: string, what: Call = {}): Promise<Tagged<T>> {
  const response = await exchange(path, what);
  return {value: await response.json(), tag: response.headers.get('ETag') ?? ''};
}

/** Calls the API for something that is kept as a file. */
export async function callForFile(path: string, what: Call): Promise<Blob> {
  return (await exchange(path, what)).blob();
}

async function exchange(path: string, {method = 'GET', query, body, idempotencyKey, accept = 'application/json', ifMatch}: Call): Promise<Response> {
  const response = await send(path + parameters(query), {
    method,
    cache: 'no-store',
    credentials: 'same-origin',
    headers: {
      // Makes the session's cookie count: no other site's page can send this.
      'X-Tollkeeper-Console': '1',
      Accept: accept,
      ...(body === undefined ? {} : {'Content-Type': 'application/json'}),
      ...(idempotencyKey ? {'Idempotency-Key': idempotencyKey} : {}),
      ...(ifMatch ? {'If-Match': ifMatch} : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await ApiProblem.from(response);
    if (problem.status === 401 && path !== '/console/session') {
      dispatchEvent(new CustomEvent(SESSION_ENDED, {detail: problem}));
    }
    throw problem;
  }
  return response;
}

async function send(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch {
    throw ApiProblem.unreachable();
  }
}

function parameters(query: Call['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return given.length > 0 ? '?' + new URLSearchParams(given.map(([name, value]) => [name, String(value)])) : '';
}

/** A new idempotency key. Without `crypto.randomUUID`, which browsers keep from pages over plain HTTP. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
