-- Where teams want to be told of what happens, and what they are told.

CREATE TABLE webhook (
    team_id       uuid NOT NULL REFERENCES team (id),
    id            uuid NOT NULL,
    url           text NOT NULL CHECK (char_length(url) BETWEEN 1 AND 2048),
    types         text[] NOT NULL CHECK (cardinality(types) BETWEEN 1 AND 20),
    enabled       boolean NOT NULL,
    description   text CHECK (char_length(description) <= 500),
    -- What its messages are signed with, sealed under a pepper that the database does not hold.
    sealed_secret bytea NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (team_id, id)
);
CREATE UNIQUE INDEX webhook_id ON webhook (id);

-- The outbox and the log in one: a row for each webhook that an event is for, written in the transaction of the change. No
-- foreign key to the webhook: a change never waits for, or fails with, somebody who edits or deletes one.
CREATE TABLE webhook_delivery (
    team_id          uuid NOT NULL REFERENCES team (id),
    id               uuid NOT NULL,
    webhook_id       uuid NOT NULL,
    event_id         uuid NOT NULL,
    type             text NOT NULL,
    -- As it is signed, to the byte.
    body             text NOT NULL,
    status           text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    -- Counted when one begins: who began the last one may write what came of it.
    attempts         integer NOT NULL CHECK (attempts >= 0),
    last_status_code integer,
    last_error       text CHECK (char_length(last_error) <= 200),
    -- While one runs: when it is taken for lost.
    next_attempt_at  timestamptz,
    created_at       timestamptz NOT NULL,
    delivered_at     timestamptz,
    PRIMARY KEY (team_id, id),
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'delivered') = (delivered_at IS NOT NULL))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_attempt_at) WHERE status = 'pending';
CREATE INDEX webhook_delivery_log ON webhook_delivery (team_id, webhook_id, id);
CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);

-- Of which expiry of a key webhooks were told last.
CREATE TABLE key_expiry_notice (
    team_id    uuid NOT NULL,
    key_id     uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, key_id),
    FOREIGN KEY (team_id, key_id) REFERENCES api_key (team_id, id)
);
CREATE INDEX api_key_expiry ON api_key (expires_at) WHERE expires_at IS NOT NULL AND revoked_at IS NULL AND deleted_at IS NULL;
