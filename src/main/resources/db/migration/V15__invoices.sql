-- Months are closed, team by team: what they cost is then an invoice, which nothing changes. An event that comes later is
-- billed in the month in which it comes, and says which closed month it adjusts.

-- Under the lock on the team's balance, like all that is billed.
ALTER TABLE ledger_account ADD COLUMN closed_through date
    CHECK (closed_through IS NULL OR (account = 'balance' AND extract(day FROM closed_through) = 1));

-- Events, their partitions and their roll-up are ordered by when they are billed. That is when they happened, but for
-- events of closed months.
ALTER TABLE usage_event RENAME COLUMN occurred_at TO billed_at;
ALTER TABLE usage_event ADD COLUMN occurred_at timestamptz, ADD COLUMN adjusts date;
UPDATE usage_event SET occurred_at = billed_at;
ALTER TABLE usage_event ALTER COLUMN occurred_at SET NOT NULL,
    ADD CONSTRAINT usage_event_adjusts CHECK (CASE WHEN adjusts IS NULL THEN occurred_at = billed_at
        ELSE adjusts = date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date
            AND adjusts < date_trunc('month', billed_at AT TIME ZONE 'UTC')::date END);

ALTER TABLE usage_rollup ADD COLUMN adjusts date;
ALTER TABLE usage_rollup DROP CONSTRAINT usage_rollup_row;
ALTER TABLE usage_rollup ADD CONSTRAINT usage_rollup_row
    UNIQUE NULLS NOT DISTINCT (team_id, hour, project_id, key_id, user_id, meter, model, provider, adjusts);

ALTER TABLE ledger_transaction ADD COLUMN adjusts date, ADD CHECK ((kind = 'adjustment') = (adjusts IS NOT NULL));

CREATE TABLE invoice (
    team_id   uuid NOT NULL REFERENCES team (id),
    month     date NOT NULL CHECK (extract(day FROM month) = 1),
    currency  text NOT NULL,
    -- The sum of the lines' amounts.
    total     numeric NOT NULL CHECK (total >= 0),
    closed_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, month)
);

CREATE TABLE invoice_line (
    team_id  uuid NOT NULL,
    month    date NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    meter    text NOT NULL,
    model    text,
    -- The closed month that late events belong to; null for the month's own.
    adjusts  date CHECK (adjusts < month),
    quantity numeric NOT NULL CHECK (quantity >= 0),
    -- Exact, and as it is to be paid.
    cost     numeric NOT NULL CHECK (cost >= 0),
    amount   numeric NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (team_id, month, position),
    FOREIGN KEY (team_id, month) REFERENCES invoice (team_id, month)
);

CREATE TRIGGER invoice_never_changed BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_no_truncate BEFORE TRUNCATE ON invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_line_never_changed BEFORE UPDATE OR DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_line_no_truncate BEFORE TRUNCATE ON invoice_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A line cannot be added to an invoice that was closed without it: they come together, in one statement.
CREATE FUNCTION refuse_line_of_closed_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a JOIN invoice i ON i.team_id = a.team_id AND i.month = a.month
               WHERE (SELECT sum(l.amount) FROM invoice_line l WHERE l.team_id = i.team_id AND l.month = i.month) <> i.total
                  OR i.xmin::text <> pg_current_xact_id()::xid::text) THEN
        RAISE EXCEPTION 'a closed invoice never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_line_with_invoice AFTER INSERT ON invoice_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_line_of_closed_invoice();
