-- When each team's books were last checked, and how much of them did not add up then.
CREATE TABLE reconciliation (
    team_id    uuid PRIMARY KEY REFERENCES team (id),
    checked_at timestamptz NOT NULL,
    -- Accounts whose stored balance is not the fold of their entries.
    balances   integer NOT NULL DEFAULT 0 CHECK (balances >= 0),
    -- 1 where what is left of all grants is not the balance.
    grants     integer NOT NULL DEFAULT 0 CHECK (grants IN (0, 1)),
    -- Rows of the roll-up of open months that are not the sum of their events.
    roll_ups   bigint NOT NULL DEFAULT 0 CHECK (roll_ups >= 0)
);
CREATE INDEX reconciliation_checked ON reconciliation (checked_at);

-- How far an account's entries were folded, and to what: entries are only ever added.
CREATE TABLE reconciled_account (
    team_id uuid NOT NULL,
    account text NOT NULL,
    seq     bigint NOT NULL,
    balance numeric NOT NULL,
    PRIMARY KEY (team_id, account),
    FOREIGN KEY (team_id, account) REFERENCES ledger_account (team_id, account)
);
