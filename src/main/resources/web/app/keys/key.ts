/** How often a key may be used. */
export interface RateLimit {
  limit: number;
  window_seconds: number;
}

export type KeyStatus = 'active' | 'disabled' | 'expired' | 'revoked';

/** An API key, as the API tells it. */
export interface Key {
  id: string;
  name: string;
  /** Unix seconds. */
  created_at: number;
  is_management_key: boolean;
  hint: string;
  status: KeyStatus;
  enabled: boolean;
  scopes: string[];
  allowed_ips: string[];
  expires_at: string | null;
  rate_limit: RateLimit | null;
  remaining_uses: number | null;
  metadata: Record<string, unknown>;
  last_used_at: string | null;
  last_used_ip: string | null;
  created_by: string;
}

/** A key with its secret, which is told this once. */
export interface IssuedKey extends Key {
  api_key: string;
}

/** What can be set of a key. */
export interface KeySettings {
  name: string;
  scopes: string[];
  allowed_ips: string[];
  expires_at: string | null;
  rate_limit: RateLimit | null;
  remaining_uses: number | null;
}

/** The key as it may be shown: how it begins and how it ends. */
export function shown(key: Key): string {
  return `${key.is_management_key ? 'tkm' : 'tk'}_…${key.hint}`;
}
