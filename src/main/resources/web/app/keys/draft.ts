import {expiresAt, fieldText} from './expiry';
import type {Key, KeySettings} from './key';
import {inUnits} from './rate';

/** A key as it stands in the form: each field as it was typed. */
export interface Draft {
  name: string;
  management: boolean;
  /** Ticked scopes of a management key. */
  ticked: string[];
  /** An ordinary key's own words. */
  words: string;
  lifetime: string;
  at: string;
  ips: string;
  rateLimit: string;
  rateCount: string;
  rateUnit: string;
  uses: string;
}

export function emptyDraft(scopes: string[]): Draft {
  return {name: '', management: false, ticked: scopes, words: '', lifetime: '', at: '', ips: '', rateLimit: '', rateCount: '1', rateUnit: '60', uses: ''};
}

export function draftOf(key: Key): Draft {
  const [count, unit] = key.rate_limit ? inUnits(key.rate_limit.window_seconds) : [1, 60];
  return {
    name: key.name,
    management: key.is_management_key,
    ticked: key.scopes,
    words: key.scopes.join(' '),
    lifetime: key.expires_at ? 'at' : '',
    at: key.expires_at ? fieldText(key.expires_at) : '',
    ips: key.allowed_ips.join('\n'),
    rateLimit: key.rate_limit ? String(key.rate_limit.limit) : '',
    rateCount: String(count),
    rateUnit: String(unit),
    uses: key.remaining_uses === null ? '' : String(key.remaining_uses),
  };
}

/** What the form says, as the API takes it. What cannot be taken goes there as it is, so that the API says why. */
export function settings(draft: Draft): KeySettings {
  return {
    name: draft.name,
    scopes: draft.management ? draft.ticked : words(draft.words),
    allowed_ips: words(draft.ips),
    expires_at: expiresAt(draft.lifetime, draft.at),
    rate_limit: draft.rateLimit.trim() === '' ? null : {limit: number(draft.rateLimit), window_seconds: number(draft.rateCount) * Number(draft.rateUnit)},
    remaining_uses: draft.uses.trim() === '' ? null : number(draft.uses),
  };
}

/** What an edit changes. A time that was only shown, without its seconds, is no change. */
export function changes(before: Draft, after: Draft): Partial<KeySettings> {
  const old = settings(before);
  const wanted = settings(after);
  const fields = (Object.keys(wanted) as (keyof KeySettings)[]).filter(field => JSON.stringify(old[field]) !== JSON.stringify(wanted[field]));
  return Object.fromEntries(fields.map(field => [field, wanted[field]]));
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function number(text: string): number {
  return Number(text.trim());
}
