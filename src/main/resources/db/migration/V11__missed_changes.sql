-- A replica that lost its channel learns from the notes what changed meanwhile, and forgets only that.

-- A crash, a failover and a restore empty this table. A row that was written anew is so told from the one before.
ALTER TABLE replica ADD COLUMN entered_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- Notes that are deleted leave one behind, of the nil id: something of this transaction or an earlier one may have changed.
-- Not of numbers that are still to come: such notes are another server's, from a dump.
CREATE FUNCTION note_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_note (thing, xid, at)
    SELECT '00000000-0000-0000-0000-000000000000', max(xid), clock_timestamp() FROM forgotten
    WHERE xid < pg_snapshot_xmax(pg_current_snapshot()) HAVING count(*) > 0
    ON CONFLICT (thing, xid) DO UPDATE SET at = excluded.at;
    RETURN NULL;
END $$;
CREATE TRIGGER change_note_forgotten AFTER DELETE ON change_note REFERENCING OLD TABLE AS forgotten
    FOR EACH STATEMENT EXECUTE FUNCTION note_forgotten();
