-- The registry of providers and models, and each project's one configuration.
-- The id of a model may be of several parts (`meta/llama`); none of them is empty, `.` or `..`, so that each has its own path.

CREATE TABLE registry_provider (
    id        text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
    name      text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    eu_native boolean NOT NULL
);

CREATE TABLE registry_model (
    id             text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._:-]*(/[a-z0-9][a-z0-9._:-]*)*$' AND char_length(id) <= 200),
    provider       text NOT NULL REFERENCES registry_provider (id),
    name           text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    context_tokens integer CHECK (context_tokens > 0)
);
CREATE INDEX registry_model_provider ON registry_model (provider);

CREATE TABLE project_config (
    team_id            uuid NOT NULL,
    project_id         uuid NOT NULL,
    id                 uuid NOT NULL UNIQUE,
    active             boolean NOT NULL,
    allow_overwrite    boolean NOT NULL,
    allowed_providers  text[] NOT NULL CHECK (cardinality(allowed_providers) <= 500),
    blacklisted_models text[] NOT NULL CHECK (cardinality(blacklisted_models) <= 500),
    eu_native          boolean NOT NULL,
    include_metadata   boolean NOT NULL,
    preference         text NOT NULL CHECK (preference IN ('speed', 'cost', 'balanced')),
    schema_version     text NOT NULL,
    version            bigint NOT NULL,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    PRIMARY KEY (team_id, project_id),
    FOREIGN KEY (team_id, project_id) REFERENCES project (team_id, id)
);
