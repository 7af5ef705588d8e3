import {call} from '../api/client';
import type {Page} from '../api/paged';
import {current} from '../session/session';

/** Where the team is told of what happens. */
export interface Webhook {
  id: string;
  url: string;
  types: string[];
  enabled: boolean;
  description: string | null;
  created_at: string;
}

/** One with its secret, which is told this once. */
export interface IssuedWebhook extends Webhook {
  secret: string;
}

/** What can be set of one. */
export interface WebhookSettings {
  url: string;
  types: string[];
  description: string | null;
}

/** One message, and how its sending goes. */
export interface Delivery {
  id: string;
  type: string;
  status: 'pending' | 'delivered' | 'failed';
  attempts: number;
  last_status_code: number | null;
  last_error: string | null;
  next_attempt_at: string | null;
  created_at: string;
  delivered_at: string | null;
}

/** What there is to be told of. */
export const TYPES: [string, string][] = [
  ['key.created', 'A key was made'],
  ['key.rotated', 'A key was given another secret'],
  ['key.revoked', 'A key was revoked or deleted'],
  ['key.expiring', 'A key’s expiry is near'],
  ['budget.threshold_reached', 'Part of a budget is spent'],
  ['balance.low', 'The team’s balance is low'],
  ['team.suspended', 'The operator suspended the team'],
];

const PATH = '/api/webhooks';
const PAGE_SIZE = 50;

function of(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

function team() {
  return {team_id: current().teamId ?? undefined};
}

export async function webhooks(cursor?: string): Promise<Page<Webhook>> {
  const page = await call<{webhooks: Webhook[]; next_cursor: string | null}>(PATH, {query: {...team(), limit: PAGE_SIZE, cursor}});
  return {items: page.webhooks, next: page.next_cursor};
}

export async function deliveries(id: string, cursor?: string): Promise<Page<Delivery>> {
  const page = await call<{deliveries: Delivery[]; next_cursor: string | null}>(`${of(id)}/deliveries`, {query: {limit: PAGE_SIZE, cursor}});
  return {items: page.deliveries, next: page.next_cursor};
}

export const getWebhook = (id: string) => call<Webhook>(of(id));

export const createWebhook = (settings: WebhookSettings) => call<IssuedWebhook>(PATH, {method: 'POST', query: team(), body: settings});

export const updateWebhook = (id: string, change: Partial<WebhookSettings> & {enabled?: boolean}) => call<Webhook>(of(id), {method: 'PUT', body: change});

export const deleteWebhook = (id: string) => call(of(id), {method: 'DELETE'});

export const tryWebhook = (id: string) => call<Delivery>(`${of(id)}/test`, {method: 'POST'});
