import {call, callTagged, type Tagged} from '../api/client';
import {current} from '../session/session';

export type Preference = 'speed' | 'cost' | 'balanced';

/** How a project's requests are routed, and who may say otherwise. */
export interface Settings {
  active: boolean;
  allow_overwrite: boolean;
  inference_config: {
    /** Empty for all. */
    allowed_providers: string[];
    blacklisted_models: string[];
    eu_native: boolean;
    include_metadata: boolean;
    preference: Preference;
  };
}

const PATH = '/api/manage/project-configs';

function project() {
  return {project_id: current().projectId ?? undefined};
}

export const getSettings = (): Promise<Tagged<Settings>> => callTagged<Settings>(PATH, {query: project()});

/** Changes what was seen under this tag; refused where somebody was faster. */
export const putSettings = (change: unknown, ifMatch: string) => call(PATH, {method: 'PUT', query: project(), body: change, ifMatch});
