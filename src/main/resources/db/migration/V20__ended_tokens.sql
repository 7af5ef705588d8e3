-- User tokens whose owners have signed out before they expired. A row is of use until then only.
CREATE TABLE ended_token (
    user_id    uuid NOT NULL REFERENCES app_user,
    token_id   uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, token_id)
);
CREATE INDEX ended_token_expiry ON ended_token (expires_at);
