-- Tells every replica what it may no longer remember of keys. PostgreSQL sends a transaction's notifications with its
-- commit, in the order of the commits.

CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The row as JSON, because each table names the thing that changed in another column (the trigger's argument).
    PERFORM pg_notify('tollkeeper', 'changed ' || (to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[0]));
    RETURN NULL;
END $$;

-- Not when only the last use or the number of uses left is written: verification does that itself, all the time.
CREATE TRIGGER api_key_changed AFTER UPDATE OF name, enabled, scopes, allowed_ips, expires_at, rate_limit,
        rate_limit_window_seconds, metadata, revoked_at, deleted_at ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_change('id');
CREATE TRIGGER api_key_uses_limited AFTER UPDATE OF remaining_uses ON api_key
    FOR EACH ROW WHEN ((OLD.remaining_uses IS NULL) <> (NEW.remaining_uses IS NULL)) EXECUTE FUNCTION tell_change('id');
CREATE TRIGGER api_key_secret_changed AFTER UPDATE OR DELETE ON api_key_secret
    FOR EACH ROW EXECUTE FUNCTION tell_change('key_id');
CREATE TRIGGER project_changed AFTER UPDATE ON project
    FOR EACH ROW EXECUTE FUNCTION tell_change('id');
CREATE TRIGGER project_config_changed AFTER INSERT OR UPDATE OR DELETE ON project_config
    FOR EACH ROW EXECUTE FUNCTION tell_change('project_id');
CREATE TRIGGER team_changed AFTER UPDATE ON team
    FOR EACH ROW EXECUTE FUNCTION tell_change('id');
CREATE TRIGGER membership_changed AFTER INSERT OR UPDATE OR DELETE ON membership
    FOR EACH ROW EXECUTE FUNCTION tell_change('user_id');
CREATE TRIGGER app_user_changed AFTER UPDATE OF email ON app_user
    FOR EACH ROW EXECUTE FUNCTION tell_change('id');
