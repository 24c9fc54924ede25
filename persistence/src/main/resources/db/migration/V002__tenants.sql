-- Reference data: who and what there is. Every change writes an audit entry in the same transaction.
CREATE TABLE instance (
  instance_id TEXT    PRIMARY KEY,
  address     TEXT    NOT NULL UNIQUE CHECK (address ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name        TEXT    NOT NULL,
  zone        TEXT    NOT NULL,
  human_seats INTEGER NOT NULL CHECK (human_seats >= 0),
  ai_seats    INTEGER NOT NULL CHECK (ai_seats >= 0)
);

CREATE TABLE person (
  agent_id      TEXT    PRIMARY KEY,
  instance_id   TEXT    NOT NULL REFERENCES instance,
  email         TEXT,
  mobile        TEXT,
  real_name     TEXT    NOT NULL,
  display_name  TEXT    NOT NULL,
  roles         TEXT[]  NOT NULL,
  department    TEXT    NOT NULL,
  business_unit TEXT    NOT NULL,
  password_hash TEXT,
  auto_answer   BOOLEAN NOT NULL DEFAULT FALSE,
  last_caller   TEXT,
  CHECK (email IS NOT NULL OR mobile IS NOT NULL)
);
CREATE UNIQUE INDEX person_email_idx ON person (instance_id, lower(email));
CREATE UNIQUE INDEX person_mobile_idx ON person (instance_id, mobile);

CREATE TABLE skill_group (
  group_id    TEXT PRIMARY KEY,
  instance_id TEXT NOT NULL REFERENCES instance,
  name        TEXT NOT NULL,
  name_en     TEXT NOT NULL,
  UNIQUE (instance_id, name)
);

CREATE TABLE membership (
  group_id TEXT NOT NULL REFERENCES skill_group,
  agent_id TEXT NOT NULL REFERENCES person,
  PRIMARY KEY (group_id, agent_id)
);
CREATE INDEX membership_agent_idx ON membership (agent_id);

CREATE TABLE trunk (
  trunk_id    TEXT    PRIMARY KEY,
  instance_id TEXT    NOT NULL REFERENCES instance,
  name        TEXT    NOT NULL,
  peer        TEXT    NOT NULL,
  trusted     TEXT[]  NOT NULL,
  codecs      TEXT[]  NOT NULL,
  max_calls   INTEGER NOT NULL CHECK (max_calls >= 1),
  dtmf        TEXT    NOT NULL,
  version     INTEGER NOT NULL
);

-- A published version never changes; publishing again adds the next.
CREATE TABLE ivr_flow (
  flow_id      TEXT        NOT NULL,
  version      INTEGER     NOT NULL,
  instance_id  TEXT        NOT NULL REFERENCES instance,
  document     JSONB       NOT NULL,
  published_at TIMESTAMPTZ NOT NULL,
  published_by TEXT        NOT NULL,
  PRIMARY KEY (flow_id, version)
);

CREATE TABLE hotline_number (
  number          TEXT    NOT NULL,
  instance_id     TEXT    NOT NULL REFERENCES instance,
  trunk_id        TEXT    NOT NULL REFERENCES trunk,
  description     TEXT    NOT NULL,
  area            TEXT    NOT NULL,
  inbound_flow    TEXT,
  inbound_survey  INTEGER CHECK (inbound_survey BETWEEN 2 AND 5),
  outbound        BOOLEAN NOT NULL,
  outbound_survey INTEGER CHECK (outbound_survey BETWEEN 2 AND 5),
  -- Who may call out with it: NULL = all groups.
  scope_groups    TEXT[],
  PRIMARY KEY (trunk_id, number)
);
CREATE INDEX hotline_number_instance_idx ON hotline_number (instance_id);

CREATE TABLE audit (
  audit_id    BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          TIMESTAMPTZ NOT NULL,
  instance_id TEXT        NOT NULL,
  by_whom     TEXT        NOT NULL,
  action      TEXT        NOT NULL,
  subject     TEXT        NOT NULL,
  detail      JSONB       NOT NULL
);
CREATE INDEX audit_instance_idx ON audit (instance_id, at);
