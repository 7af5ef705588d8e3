-- Who did what. Entries are only ever added, and chained by hash team by team; the nil team is the installation itself.

CREATE TABLE audit_chain (
    team_id uuid PRIMARY KEY,
    seq     bigint NOT NULL,
    hash    bytea NOT NULL
);

CREATE TABLE audit_entry (
    team_id       uuid NOT NULL,
    seq           bigint NOT NULL,
    id            uuid NOT NULL,
    at            timestamptz NOT NULL,
    actor_type    text NOT NULL CHECK (actor_type IN ('api_key', 'user', 'system')),
    actor_id      text,
    actor_name    text,
    action        text NOT NULL,
    target_type   text NOT NULL,
    target_id     text,
    ip            text,
    user_agent    text,
    request_id    text,
    changes       jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash          bytea NOT NULL,
    PRIMARY KEY (team_id, seq),
    UNIQUE (team_id, id)
);
CREATE INDEX audit_entry_at ON audit_entry (team_id, at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The hash of an entry: SHA-256 over the one before it and every column, as an unambiguous JSON array.
CREATE FUNCTION audit_entry_hash(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(e.previous_hash || convert_to(jsonb_build_array(
        e.team_id, e.seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_type, e.actor_id, e.actor_name,
        e.action, e.target_type, e.target_id, e.ip, e.user_agent, e.request_id, e.changes)::text, 'UTF8'))
$$;

-- Adds one entry at the end of its team's chain, in the caller's transaction.
CREATE FUNCTION audit_append(
    p_team uuid, p_id uuid, p_at timestamptz, p_actor_type text, p_actor_id text, p_actor_name text, p_action text,
    p_target_type text, p_target_id text, p_ip text, p_user_agent text, p_request_id text, p_changes text)
    RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    head audit_chain;
    entry audit_entry;
BEGIN
    INSERT INTO audit_chain VALUES (p_team, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_chain WHERE team_id = p_team FOR UPDATE;
    entry := ROW (p_team, head.seq + 1, p_id, p_at, p_actor_type, p_actor_id, p_actor_name, p_action, p_target_type,
        p_target_id, p_ip, p_user_agent, p_request_id, p_changes::jsonb, head.hash, NULL);
    entry.hash := audit_entry_hash(entry);
    INSERT INTO audit_entry SELECT entry.*;
    UPDATE audit_chain SET seq = entry.seq, hash = entry.hash WHERE team_id = p_team;
    RETURN entry.seq;
END $$;

-- Answers to requests that carried an Idempotency-Key, sealed under a key that the database does not hold.
CREATE TABLE idempotency_record (
    team_id      uuid NOT NULL,
    caller_id    uuid NOT NULL,
    key_hash     bytea NOT NULL,
    request_hash bytea NOT NULL,
    sealed       bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (team_id, caller_id, key_hash)
);
CREATE INDEX idempotency_record_expiry ON idempotency_record (expires_at);

-- The key pairs that sign user tokens; the private half is sealed likewise.
CREATE TABLE signing_key (
    kid            text PRIMARY KEY,
    public_key     bytea NOT NULL,
    sealed_private bytea NOT NULL,
    created_at     timestamptz NOT NULL
);
