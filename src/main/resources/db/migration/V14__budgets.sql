-- Budgets and reservations. All of them change under the lock on their team's balance.

CREATE TABLE budget (
    team_id    uuid NOT NULL,
    id         uuid NOT NULL,
    project_id uuid NOT NULL,
    name       text CHECK (char_length(name) BETWEEN 1 AND 100),
    scope      text NOT NULL CHECK (scope IN ('project', 'key', 'each_key', 'user', 'each_user')),
    key_id     uuid,
    user_id    uuid REFERENCES app_user (id),
    period     text NOT NULL CHECK (period IN ('daily', 'weekly', 'monthly', 'total')),
    timezone   text NOT NULL,
    thresholds numeric[] NOT NULL CHECK (cardinality(thresholds) <= 10),
    hard_limit numeric NOT NULL CHECK (hard_limit > 0),
    -- Whether a budget that is used up refuses its keys, or only warns.
    enforced   boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, id),
    FOREIGN KEY (team_id, project_id) REFERENCES project (team_id, id),
    FOREIGN KEY (team_id, key_id) REFERENCES api_key (team_id, id),
    CHECK ((scope = 'key') = (key_id IS NOT NULL)),
    CHECK ((scope = 'user') = (user_id IS NOT NULL))
);
CREATE INDEX budget_project ON budget (team_id, project_id, id);
CREATE INDEX budget_key ON budget (team_id, key_id) WHERE key_id IS NOT NULL;

-- What was spent in a window of a budget. Derived: always equal to the sum of the events in it. Filled from these when the window is
-- first asked for. The row whose subject is the budget itself holds the whole, and says that the window is filled; budgets of each
-- key and each user have a row for every one of them besides.
CREATE TABLE budget_window (
    team_id    uuid NOT NULL,
    budget_id  uuid NOT NULL,
    starts_at  timestamptz NOT NULL,
    subject_id uuid NOT NULL,
    ends_at    timestamptz,
    spent      numeric NOT NULL CHECK (spent >= 0),
    PRIMARY KEY (team_id, budget_id, starts_at, subject_id),
    FOREIGN KEY (team_id, budget_id) REFERENCES budget (team_id, id) ON DELETE CASCADE
);
CREATE INDEX budget_window_end ON budget_window (ends_at);

-- Thresholds that were reached: each fires once a window.
CREATE TABLE budget_firing (
    team_id    uuid NOT NULL,
    budget_id  uuid NOT NULL,
    starts_at  timestamptz NOT NULL,
    subject_id uuid NOT NULL,
    threshold  numeric NOT NULL,
    ends_at    timestamptz,
    spent      numeric NOT NULL,
    fired_at   timestamptz NOT NULL,
    PRIMARY KEY (team_id, budget_id, starts_at, subject_id, threshold),
    FOREIGN KEY (team_id, budget_id) REFERENCES budget (team_id, id) ON DELETE CASCADE
);

-- Which project, key or user has used a budget up, from when and until when (null for good), as far as that is known by now. It is all
-- that verification looks at, and replicas remember it with the key.
CREATE TABLE budget_exhausted (
    team_id    uuid NOT NULL,
    budget_id  uuid NOT NULL,
    starts_at  timestamptz NOT NULL,
    subject_id uuid NOT NULL,
    -- Of a user only the keys in this project are meant.
    project_id uuid NOT NULL,
    until      timestamptz,
    PRIMARY KEY (team_id, budget_id, starts_at, subject_id),
    FOREIGN KEY (team_id, budget_id) REFERENCES budget (team_id, id) ON DELETE CASCADE
);
CREATE INDEX budget_exhausted_subject ON budget_exhausted (team_id, subject_id);

-- Not when what is over is only tidied away: replicas look at the time themselves.
CREATE TRIGGER budget_exhausted_changed AFTER INSERT OR UPDATE ON budget_exhausted
    FOR EACH ROW EXECUTE FUNCTION tell_change('subject_id');
CREATE TRIGGER budget_exhausted_ended AFTER DELETE ON budget_exhausted
    FOR EACH ROW WHEN (OLD.until IS NULL OR OLD.until > now()) EXECUTE FUNCTION tell_change('subject_id');

-- Money that is held for use to come. It ends once: settled, released or expired.
CREATE TABLE reservation (
    team_id        uuid NOT NULL,
    id             uuid NOT NULL,
    project_id     uuid NOT NULL,
    key_id         uuid NOT NULL,
    user_id        uuid NOT NULL,
    amount         numeric NOT NULL CHECK (amount > 0),
    status         text NOT NULL CHECK (status IN ('open', 'settled', 'released', 'expired')),
    settled_amount numeric CHECK (settled_amount >= 0 AND settled_amount <= amount),
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    ended_at       timestamptz,
    PRIMARY KEY (team_id, id),
    FOREIGN KEY (team_id, key_id) REFERENCES api_key (team_id, id),
    CHECK ((status = 'open') = (ended_at IS NULL)),
    CHECK ((status = 'settled') = (settled_amount IS NOT NULL))
);
CREATE INDEX reservation_open ON reservation (team_id, project_id) WHERE status = 'open';
CREATE INDEX reservation_due ON reservation (expires_at) WHERE status = 'open';
