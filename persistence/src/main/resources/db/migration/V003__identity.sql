-- Logins: sessions are known here only by the hash of their token.
CREATE TABLE login_session (
  token_hash   BYTEA       PRIMARY KEY,
  instance_id  TEXT        NOT NULL REFERENCES instance,
  agent_id     TEXT        NOT NULL REFERENCES person,
  opened_at    TIMESTAMPTZ NOT NULL,
  last_seen_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX login_session_agent_idx ON login_session (agent_id);

-- Failures are counted by the login that was typed, whether it exists or not, so that a lock tells a stranger nothing.
CREATE TABLE login_failure (
  instance_id  TEXT        NOT NULL,
  login_hash   BYTEA       NOT NULL,
  failures     INTEGER     NOT NULL,
  last_at      TIMESTAMPTZ NOT NULL,
  locked_until TIMESTAMPTZ,
  PRIMARY KEY (instance_id, login_hash)
);
CREATE INDEX login_failure_last_idx ON login_failure (last_at);
