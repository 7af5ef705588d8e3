import type {PriceTerms, PriceType, Tier} from './prices';

/** A price as it is typed. */
export interface Draft {
  meter: string;
  model: string;
  teamId: string;
  type: PriceType;
  unitPrice: string;
  size: string;
  packagePrice: string;
  /** A tier on each line: where it ends, and what a unit costs in it; the last one has no end. */
  tiers: string;
  currency: string;
  /** Local time, as the browser's control has it; empty for now. */
  from: string;
}

export function emptyDraft(): Draft {
  return {meter: '', model: '', teamId: '', type: 'per_unit', unitPrice: '', size: '', packagePrice: '', tiers: '', currency: 'EUR', from: ''};
}

/** What is sent; what was typed wrong goes as it is, for the API to say so. */
export function termsOf(draft: Draft, now = new Date()): PriceTerms {
  return {
    meter: draft.meter.trim(),
    model: draft.model.trim() || null,
    team_id: draft.teamId || null,
    type: draft.type,
    currency: draft.currency.trim().toUpperCase(),
    effective_from: (draft.from ? new Date(draft.from) : now).toISOString(),
    ...amounts(draft),
  };
}

function amounts(draft: Draft): Pick<PriceTerms, 'unit_price' | 'package' | 'tiers'> {
  switch (draft.type) {
    case 'per_unit': return {unit_price: draft.unitPrice.trim()};
    case 'package': return {package: {size: draft.size.trim(), price: draft.packagePrice.trim()}};
    default: return {tiers: draft.tiers.split('\n').map(line => line.trim()).filter(Boolean).map(tier)};
  }
}

/** `1000 0.02`, and `0.01` for what is above. */
function tier(line: string): Tier {
  const words = line.split(/[\s:;]+/);
  return words.length === 1 ? {up_to: null, unit_price: words[0]!} : {up_to: words[0]!, unit_price: words.slice(1).join(' ')};
}
