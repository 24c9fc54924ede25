-- The journal of every entity: tables of pekko-persistence-jdbc 1.1.1, plus what our reader needs.
CREATE TABLE event_journal (
  ordering           BIGSERIAL,
  persistence_id     VARCHAR(255) NOT NULL,
  sequence_number    BIGINT       NOT NULL,
  deleted            BOOLEAN      NOT NULL DEFAULT FALSE,
  writer             VARCHAR(255) NOT NULL,
  write_timestamp    BIGINT,
  adapter_manifest   VARCHAR(255),
  event_ser_id       INTEGER      NOT NULL,
  event_ser_manifest VARCHAR(255) NOT NULL,
  event_payload      BYTEA        NOT NULL,
  meta_ser_id        INTEGER,
  meta_ser_manifest  VARCHAR(255),
  meta_payload       BYTEA,
  -- The writing transaction. Readers take rows in the order (xid, ordering) and only below the oldest transaction that still runs, so
  -- no row can appear behind their back; `ordering` alone is drawn before the commit and skips.
  xid                XID8         NOT NULL DEFAULT pg_current_xact_id(),
  -- The last fence against a second writer of one entity.
  PRIMARY KEY (persistence_id, sequence_number)
);
CREATE UNIQUE INDEX event_journal_ordering_idx ON event_journal (ordering);
CREATE INDEX event_journal_reader_idx ON event_journal (xid, ordering);

-- Required by the plugin; we write no tags (they cost more than half of the write rate).
CREATE TABLE event_tag (
  event_id BIGINT,
  tag      VARCHAR(256),
  PRIMARY KEY (event_id, tag),
  CONSTRAINT fk_event_journal FOREIGN KEY (event_id) REFERENCES event_journal (ordering) ON DELETE CASCADE
);

CREATE TABLE snapshot (
  persistence_id        VARCHAR(255) NOT NULL,
  sequence_number       BIGINT       NOT NULL,
  created               BIGINT       NOT NULL,
  snapshot_ser_id       INTEGER      NOT NULL,
  snapshot_ser_manifest VARCHAR(255) NOT NULL,
  snapshot_payload      BYTEA        NOT NULL,
  meta_ser_id           INTEGER,
  meta_ser_manifest     VARCHAR(255),
  meta_payload          BYTEA,
  PRIMARY KEY (persistence_id, sequence_number)
);

-- Keys that seal personal values of the journal, one a subject (a call, or an agent), wrapped by the master key. Forgetting a subject is
-- emptying `wrapped`; the row stays, so that no second key is drawn for it.
CREATE TABLE personal_key (
  key_id     BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject    TEXT        NOT NULL UNIQUE,
  wrapped    BYTEA,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  dropped_at TIMESTAMPTZ
);

-- How far each reader has come. The row is locked by the transaction that moves it, so two nodes never both project.
CREATE TABLE projection_offset (
  name     TEXT   PRIMARY KEY,
  xid      XID8   NOT NULL DEFAULT '0',
  ordering BIGINT NOT NULL DEFAULT 0
);

-- The shift of the test clock against the database's clock; empty in production.
CREATE TABLE test_clock (
  single   BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (single),
  shift_ms BIGINT  NOT NULL
);
