-- Teams, the people in them, and their projects. Rows that history refers to are marked deleted, never removed.

CREATE TABLE team (
    id           uuid PRIMARY KEY,
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    currency     text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status       text NOT NULL CHECK (status IN ('active', 'suspended')),
    billing_mode text NOT NULL CHECK (billing_mode IN ('prepaid', 'postpaid')),
    created_at   timestamptz NOT NULL,
    deleted_at   timestamptz
);
CREATE UNIQUE INDEX team_live_name ON team (lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE app_user (
    id            uuid PRIMARY KEY,
    email         text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254 AND email = lower(email)),
    name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    password_hash text NOT NULL,
    -- Counts the passwords: a user token names the one that it was given for, and ends with it.
    token_version integer NOT NULL DEFAULT 0,
    status        text NOT NULL CHECK (status IN ('active', 'disabled')),
    is_operator   boolean NOT NULL,
    created_at    timestamptz NOT NULL,
    deleted_at    timestamptz
);
CREATE UNIQUE INDEX app_user_live_email ON app_user (email) WHERE deleted_at IS NULL;

CREATE TABLE membership (
    team_id    uuid NOT NULL REFERENCES team (id),
    user_id    uuid NOT NULL REFERENCES app_user (id),
    role       text NOT NULL CHECK (role IN ('admin', 'member')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);

CREATE TABLE project (
    team_id    uuid NOT NULL REFERENCES team (id),
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (team_id, id)
);
CREATE UNIQUE INDEX project_id ON project (id);
CREATE UNIQUE INDEX project_live_name ON project (team_id, lower(name)) WHERE deleted_at IS NULL;
