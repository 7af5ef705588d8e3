-- Which replicas there are, and how much each has heard of what changed.

-- A row is written every second and means nothing without the replica that writes it: after a crash of the database there
-- are none, and each replica writes its own anew.
CREATE UNLOGGED TABLE replica (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    started_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    lease_until  timestamptz NOT NULL,
    -- Whatever this snapshot sees, the replica has heard of; and when the snapshot was taken.
    heard        pg_snapshot,
    heard_at     timestamptz,
    CHECK ((heard IS NULL) = (heard_at IS NULL))
) WITH (fillfactor = 50);

-- What has changed in the last hour. Transactions commit in another order than they get their numbers or look at the clock,
-- so neither tells whether a change was heard of; that a snapshot sees its transaction does.
CREATE TABLE change_note (
    thing uuid NOT NULL,
    xid   xid8 NOT NULL,
    at    timestamptz NOT NULL,
    PRIMARY KEY (thing, xid)
);

CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- The row as JSON, because each table names the thing that changed in another column (the trigger's argument).
    changed uuid := to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[0];
BEGIN
    PERFORM pg_notify('tollkeeper', 'changed ' || changed);
    INSERT INTO change_note (thing, xid, at) VALUES (changed, pg_current_xact_id(), clock_timestamp()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- Not when a secret is only hashed anew, under another pepper: what it opens stays.
DROP TRIGGER api_key_secret_changed ON api_key_secret;
CREATE TRIGGER api_key_secret_changed AFTER UPDATE ON api_key_secret
    FOR EACH ROW WHEN (OLD.pepper_id = NEW.pepper_id OR (OLD.team_id, OLD.key_id, OLD.slot, OLD.valid_until)
        IS DISTINCT FROM (NEW.team_id, NEW.key_id, NEW.slot, NEW.valid_until))
    EXECUTE FUNCTION tell_change('key_id');
CREATE TRIGGER api_key_secret_removed AFTER DELETE ON api_key_secret
    FOR EACH ROW EXECUTE FUNCTION tell_change('key_id');
