import {call} from '../api/client';

/** Who runs models. */
export interface Provider {
  id: string;
  name: string;
  eu_native: boolean;
}

/** A model, and whose it is. */
export interface Model {
  id: string;
  provider: string;
  name: string;
  /** How much it reads at once; null where nobody has said. */
  context_tokens: number | null;
}

/** What projects choose from. */
export interface Registry {
  providers: Provider[];
  models: Model[];
}

function path(kind: 'providers' | 'models', id: string): string {
  return `/api/registry/${kind}/${encodeURIComponent(id)}`;
}

export const getRegistry = () => call<Registry>('/api/registry');

export const putProvider = ({id, ...what}: Provider) => call(path('providers', id), {method: 'PUT', body: what});

export const putModel = ({id, ...what}: Model) => call(path('models', id), {method: 'PUT', body: what});

export const deleteProvider = (id: string) => call(path('providers', id), {method: 'DELETE'});

export const deleteModel = (id: string) => call(path('models', id), {method: 'DELETE'});
