-- API keys. A key's secret is never stored: only its HMAC under a pepper that the database does not hold.

CREATE TABLE api_key (
    team_id                   uuid NOT NULL,
    id                        uuid NOT NULL,
    project_id                uuid NOT NULL,
    created_by                uuid NOT NULL REFERENCES app_user (id),
    name                      text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    is_management_key         boolean NOT NULL,
    hint                      text NOT NULL CHECK (char_length(hint) = 4),
    enabled                   boolean NOT NULL,
    scopes                    text[] NOT NULL CHECK (cardinality(scopes) <= 100),
    allowed_ips               text[] NOT NULL CHECK (cardinality(allowed_ips) <= 100),
    expires_at                timestamptz,
    rate_limit                integer CHECK (rate_limit > 0),
    rate_limit_window_seconds integer CHECK (rate_limit_window_seconds > 0),
    remaining_uses            bigint CHECK (remaining_uses >= 0),
    metadata                  jsonb NOT NULL CHECK (jsonb_typeof(metadata) = 'object'),
    created_at                timestamptz NOT NULL,
    revoked_at                timestamptz,
    deleted_at                timestamptz,
    last_used_at              timestamptz,
    last_used_ip              text,
    PRIMARY KEY (team_id, id),
    FOREIGN KEY (team_id, project_id) REFERENCES project (team_id, id),
    CHECK ((rate_limit IS NULL) = (rate_limit_window_seconds IS NULL))
);
-- The names and the count of a project's live keys: neither revoked nor deleted.
CREATE UNIQUE INDEX api_key_live_name ON api_key (team_id, project_id, name)
    WHERE revoked_at IS NULL AND deleted_at IS NULL;
CREATE INDEX api_key_project ON api_key (team_id, project_id, id) WHERE deleted_at IS NULL;

-- The way from a presented secret to its key. Its own table, led by the digest, because the team is not known yet
-- when a key is looked up. At most one row a slot, so at most one old secret lives.
CREATE TABLE api_key_secret (
    digest      bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    pepper_id   text NOT NULL,
    team_id     uuid NOT NULL,
    key_id      uuid NOT NULL,
    slot        text NOT NULL CHECK (slot IN ('current', 'previous')),
    valid_until timestamptz,
    created_at  timestamptz NOT NULL,
    FOREIGN KEY (team_id, key_id) REFERENCES api_key (team_id, id),
    UNIQUE (team_id, key_id, slot),
    CHECK ((slot = 'previous') = (valid_until IS NOT NULL))
);
