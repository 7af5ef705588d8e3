import {call} from '../api/client';
import type {Page} from '../api/paged';
import type {Choice} from '../design/inputs';

export type PriceType = 'per_unit' | 'package' | 'graduated' | 'volume';

/** Where a tier ends, null for never, and what a unit costs in it. Decimal texts. */
export interface Tier {
  up_to: string | null;
  unit_price: string;
}

/** What is to be paid for what is metered. Amounts are decimal texts. */
export interface PriceTerms {
  meter: string;
  /** Null for any. */
  model: string | null;
  /** Null for any. */
  team_id: string | null;
  type: PriceType;
  unit_price?: string | null;
  package?: {size: string; price: string} | null;
  tiers?: Tier[] | null;
  currency: string;
  effective_from: string;
}

export interface Price extends PriceTerms {
  id: string;
  created_at: string;
}

export const TYPES: readonly Choice<PriceType>[] = [['per_unit', 'For each unit'], ['package', 'For each package begun'], ['graduated', 'In tiers, each for its part'],
  ['volume', 'In tiers, one for all']];

const PAGE_SIZE = 50;

export async function prices(cursor?: string): Promise<Page<Price>> {
  const page = await call<{prices: Price[]; next_cursor: string | null}>('/api/prices', {query: {limit: PAGE_SIZE, cursor}});
  return {items: page.prices, next: page.next_cursor};
}

/** The same key for the same price: sent again, there is one. */
export const createPrice = (price: PriceTerms, idempotencyKey: string) => call<Price>('/api/prices', {method: 'POST', body: price, idempotencyKey});
