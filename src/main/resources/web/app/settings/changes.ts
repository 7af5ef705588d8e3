import type {Settings} from './config';

/** One setting that would be another. */
export interface Change {
  name: string;
  from: string;
  to: string;
}

const NAMES: Record<string, string> = {
  active: 'Active',
  allow_overwrite: 'Requests may say otherwise',
  allowed_providers: 'Allowed providers',
  blacklisted_models: 'Models that are ruled out',
  eu_native: 'Only providers native to the EU',
  include_metadata: 'Routing metadata in answers',
  preference: 'Preference',
};
const NONE: Record<string, string> = {allowed_providers: 'all', blacklisted_models: 'none'};

/** What differs, setting by setting. The order of providers and of models says nothing. */
export function changes(before: Settings, after: Settings): Change[] {
  const was = flat(before);
  return Object.entries(flat(after)).map(([field, value]) => ({name: NAMES[field] ?? field, from: told(field, was[field]), to: told(field, value)}))
    .filter(({from, to}) => from !== to);
}

/** What is sent: only what differs. */
export function patch(before: Settings, after: Settings): Record<string, unknown> {
  const {inference_config: wasConfig, ...was} = before;
  const {inference_config: config, ...rest} = after;
  const inner = differing(wasConfig, config);
  return {...differing(was, rest), ...(Object.keys(inner).length > 0 ? {inference_config: inner} : {})};
}

function differing(before: object, after: object): Record<string, unknown> {
  const was = before as Record<string, unknown>;
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => told(field, was[field]) !== told(field, value)));
}

function flat({inference_config: config, active, allow_overwrite}: Settings): Record<string, unknown> {
  return {active, allow_overwrite, ...config};
}

function told(field: string, value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? NONE[field] ?? 'none' : [...value].sort().join(', ');
  }
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
