-- Read models: derived from the journal alone, dropped and filled again by a rebuild.
CREATE TABLE call_record (
  call_id              TEXT        PRIMARY KEY,
  instance_id          TEXT        NOT NULL,
  direction            TEXT        NOT NULL,
  from_number          TEXT        NOT NULL,
  to_number            TEXT        NOT NULL,
  -- The number on the customer's side: `from` of an inbound call, `to` of an outbound one.
  customer             TEXT        NOT NULL,
  display_name         TEXT,
  area                 TEXT        NOT NULL,
  started_at           TIMESTAMPTZ NOT NULL,
  answered_at          TIMESTAMPTZ,
  ended_at             TIMESTAMPTZ NOT NULL,
  ended_by             TEXT        NOT NULL,
  result               TEXT        NOT NULL,
  cause                TEXT        NOT NULL,
  agent_id             TEXT,
  agent_name           TEXT,
  group_id             TEXT,
  group_name           TEXT,
  ivr_path             TEXT[]      NOT NULL,
  survey               INTEGER,
  transferred_to_human BOOLEAN     NOT NULL,
  source               TEXT        NOT NULL,
  remark               TEXT        NOT NULL,
  tags                 TEXT[]      NOT NULL,
  recording_id         TEXT
);
CREATE INDEX call_record_list_idx ON call_record (instance_id, started_at DESC, call_id DESC);
CREATE INDEX call_record_agent_idx ON call_record (instance_id, agent_id, started_at DESC);
CREATE INDEX call_record_from_idx ON call_record (instance_id, from_number, started_at DESC);
CREATE INDEX call_record_to_idx ON call_record (instance_id, to_number, started_at DESC);
CREATE INDEX call_record_customer_idx ON call_record (instance_id, customer, started_at);

CREATE TABLE call_phase (
  call_id    TEXT        NOT NULL,
  position   INTEGER     NOT NULL,
  kind       TEXT        NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  ended_at   TIMESTAMPTZ NOT NULL,
  agent_id   TEXT,
  PRIMARY KEY (call_id, position)
);

-- The wrap-up note, as the agent saved it last.
CREATE TABLE call_note (
  call_id  TEXT        PRIMARY KEY,
  agent_id TEXT        NOT NULL,
  category TEXT        NOT NULL,
  result   TEXT        NOT NULL,
  text     TEXT        NOT NULL,
  saved_at TIMESTAMPTZ NOT NULL
);

-- What each agent did when; `until` is empty in the interval that still runs.
CREATE TABLE agent_interval (
  agent_id TEXT        NOT NULL,
  position BIGINT      NOT NULL,
  state    TEXT        NOT NULL,
  cause    TEXT        NOT NULL,
  reason   TEXT,
  call_id  TEXT,
  since    TIMESTAMPTZ NOT NULL,
  until    TIMESTAMPTZ,
  PRIMARY KEY (agent_id, position)
);
CREATE INDEX agent_interval_call_idx ON agent_interval (call_id) WHERE call_id IS NOT NULL;

-- Who must be awake: calls that have not ended or still owe, agents on duty, seat ledgers with seats held.
CREATE TABLE open_entity (
  persistence_id TEXT PRIMARY KEY,
  kind           TEXT NOT NULL,
  entity_id      TEXT NOT NULL
);

-- Recordings are facts of the store, not of a projection: a rebuild leaves them.
CREATE TABLE recording_part (
  recording_id TEXT        NOT NULL,
  part         TEXT        NOT NULL,
  call_id      TEXT        NOT NULL,
  offset_ms    BIGINT      NOT NULL CHECK (offset_ms >= 0),
  length_ms    BIGINT      NOT NULL CHECK (length_ms >= 0),
  bytes        BIGINT      NOT NULL CHECK (bytes >= 0),
  file         TEXT        NOT NULL,
  sealed_at    TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (recording_id, part)
);
CREATE INDEX recording_part_call_idx ON recording_part (call_id);
