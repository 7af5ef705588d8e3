import {call} from '../api/client';
import {current} from '../session/session';

/** What the service would answer to a request with a key. */
export interface Verdict {
  valid: boolean;
  code: string;
  key_id: string | null;
  name: string | null;
  scopes: string[] | null;
  expires_at: string | null;
  rate_limit: {limit: number; remaining: number; reset_seconds: number} | null;
  remaining_uses: number | null;
}

/** What is asked: a key, from where it is used and what for. */
export interface Question {
  key: string;
  ip: string;
  scopes: string[];
}

/** Asks without using anything up. */
export const verdictOn = ({key, ip, scopes}: Question) =>
  call<Verdict>('/api/keys/verify', {
    method: 'POST',
    query: {project_id: current().projectId ?? undefined},
    body: {key, ip: ip || null, scopes, cost: 0},
  });
