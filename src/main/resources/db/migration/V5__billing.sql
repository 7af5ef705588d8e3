-- Usage, prices, the ledger. Money is exact: an event's cost keeps every digit of quantity times price.

CREATE TABLE price (
    id             uuid PRIMARY KEY,
    meter          text NOT NULL CHECK (meter ~ '^[a-z0-9][a-z0-9_.:-]{0,63}$'),
    model          text,
    team_id        uuid REFERENCES team (id),
    type           text NOT NULL CHECK (type IN ('per_unit', 'package', 'graduated', 'volume')),
    unit_price     numeric CHECK (unit_price >= 0),
    package_size   numeric CHECK (package_size > 0),
    package_price  numeric CHECK (package_price >= 0),
    tiers          jsonb,
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    effective_from timestamptz NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT price_version UNIQUE NULLS NOT DISTINCT (meter, currency, model, team_id, effective_from),
    CHECK ((type = 'per_unit') = (unit_price IS NOT NULL)),
    CHECK ((type = 'package') = (package_size IS NOT NULL AND package_price IS NOT NULL)),
    CHECK ((type IN ('graduated', 'volume')) = (tiers IS NOT NULL))
);
CREATE TRIGGER price_never_edited BEFORE UPDATE OR DELETE ON price FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What an event id means, for as long as it may be sent again. Not partitioned, so that (team, source, id) is unique
-- whatever time the event names.
CREATE TABLE usage_event_key (
    team_id           uuid NOT NULL REFERENCES team (id),
    source            text NOT NULL,
    event_id          text NOT NULL,
    -- Of all that the event says, with the key that it is about.
    fingerprint       bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    -- The same with the key's name as it was sent: which key a name means may change before the event is sent again.
    named_fingerprint bytea CHECK (octet_length(named_fingerprint) = 32),
    PRIMARY KEY (team_id, source, event_id)
);

CREATE TABLE usage_event (
    team_id     uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    source      text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 200),
    event_id    text NOT NULL CHECK (char_length(event_id) BETWEEN 1 AND 200),
    batch_id    uuid NOT NULL,
    project_id  uuid NOT NULL,
    key_id      uuid NOT NULL,
    user_id     uuid NOT NULL,
    meter       text NOT NULL,
    model       text,
    provider    text,
    quantity    numeric NOT NULL CHECK (quantity >= 0 AND quantity < 1e20),
    price_id    uuid REFERENCES price (id),
    cost        numeric NOT NULL CHECK (cost >= 0),
    metadata    jsonb,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, occurred_at, source, event_id),
    FOREIGN KEY (team_id, key_id) REFERENCES api_key (team_id, id),
    FOREIGN KEY (team_id, project_id) REFERENCES project (team_id, id),
    CHECK (cost = 0 OR price_id IS NOT NULL)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX usage_event_batch ON usage_event (team_id, batch_id);

-- Makes the monthly partitions (UTC) that hold [from, until]; those that exist are left alone.
CREATE FUNCTION make_usage_partitions(p_from timestamptz, p_until timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    month timestamp := date_trunc('month', p_from AT TIME ZONE 'UTC');
    made  integer := 0;
    name  text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_usage_partitions'));
    WHILE month <= p_until AT TIME ZONE 'UTC' LOOP
        name := 'usage_event_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF usage_event FOR VALUES FROM (%L) TO (%L)', name,
                month::text || '+00', (month + interval '1 month')::text || '+00');
            made := made + 1;
        END IF;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END $$;

-- Events summed by UTC hour. Derived: always equal to the sum of usage_event.
CREATE TABLE usage_rollup (
    team_id    uuid NOT NULL,
    hour       timestamptz NOT NULL,
    project_id uuid NOT NULL,
    key_id     uuid NOT NULL,
    user_id    uuid NOT NULL,
    meter      text NOT NULL,
    model      text,
    provider   text,
    quantity   numeric NOT NULL CHECK (quantity >= 0),
    cost       numeric NOT NULL CHECK (cost >= 0),
    requests   bigint NOT NULL CHECK (requests > 0),
    CONSTRAINT usage_rollup_row
        UNIQUE NULLS NOT DISTINCT (team_id, hour, project_id, key_id, user_id, meter, model, provider)
);

-- Quantities so far in a billing month under one price: where the next event of a tiered price begins.
CREATE TABLE price_usage (
    team_id  uuid NOT NULL,
    price_id uuid NOT NULL REFERENCES price (id),
    model    text,
    month    date NOT NULL,
    quantity numeric NOT NULL CHECK (quantity >= 0),
    CONSTRAINT price_usage_row UNIQUE NULLS NOT DISTINCT (team_id, price_id, model, month)
);

-- The ledger: double entry, append-only. An account's stored balance is a cache of its entries.
CREATE TABLE ledger_account (
    team_id  uuid NOT NULL REFERENCES team (id),
    account  text NOT NULL CHECK (account IN ('balance', 'funding', 'revenue', 'expired')),
    currency text NOT NULL,
    balance  numeric NOT NULL,
    PRIMARY KEY (team_id, account)
);

CREATE TABLE ledger_transaction (
    team_id        uuid NOT NULL REFERENCES team (id),
    id             uuid NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('credit', 'usage', 'expiry', 'reversal', 'adjustment')),
    at             timestamptz NOT NULL,
    reference_type text NOT NULL,
    reference_id   uuid NOT NULL,
    reverses       uuid,
    PRIMARY KEY (team_id, id),
    UNIQUE (team_id, kind, reference_type, reference_id),
    FOREIGN KEY (team_id, reverses) REFERENCES ledger_transaction (team_id, id),
    CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
);

CREATE TABLE ledger_entry (
    team_id        uuid NOT NULL,
    seq            bigint GENERATED ALWAYS AS IDENTITY,
    id             uuid NOT NULL,
    transaction_id uuid NOT NULL,
    account        text NOT NULL,
    currency       text NOT NULL,
    amount         numeric NOT NULL CHECK (amount <> 0),
    balance_after  numeric NOT NULL,
    PRIMARY KEY (team_id, seq),
    UNIQUE (team_id, id),
    FOREIGN KEY (team_id, transaction_id) REFERENCES ledger_transaction (team_id, id),
    FOREIGN KEY (team_id, account) REFERENCES ledger_account (team_id, account)
);
CREATE INDEX ledger_entry_transaction ON ledger_entry (team_id, transaction_id);
CREATE INDEX ledger_entry_account ON ledger_entry (team_id, account, seq);

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE ON ledger_transaction
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transaction_no_truncate BEFORE TRUNCATE ON ledger_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION ledger_transaction_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_entry WHERE team_id = NEW.team_id AND transaction_id = NEW.transaction_id
               GROUP BY currency HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'ledger transaction % does not sum to zero', NEW.transaction_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_sums_to_zero AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_sums_to_zero();

-- Credit that was given, and what is left of it.
CREATE TABLE credit_grant (
    team_id    uuid NOT NULL REFERENCES team (id),
    id         uuid NOT NULL,
    amount     numeric NOT NULL CHECK (amount > 0),
    remaining  numeric NOT NULL CHECK (remaining >= 0 AND remaining <= amount),
    expired    numeric NOT NULL DEFAULT 0 CHECK (expired >= 0),
    priority   integer NOT NULL,
    reason     text NOT NULL CHECK (char_length(reason) <= 500),
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, id),
    CHECK (remaining + expired <= amount)
);
CREATE INDEX credit_grant_open ON credit_grant (team_id, priority, expires_at, created_at) WHERE remaining > 0;
CREATE INDEX credit_grant_due ON credit_grant (expires_at) WHERE remaining > 0;
