package dev.ringmaster.persistence.journal;

import dev.ringmaster.persistence.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the journal in the order (transaction, ordering), only as far as no older transaction still runs: so
/// nothing can appear behind a reader, however transactions commit.
public final class JournalReader {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
    // Not called xid: ORDER BY would take the text for the number.
    private static final String COLUMNS =
            "SELECT xid::text AS place, ordering, persistence_id, sequence_number, event_ser_manifest, event_payload FROM event_journal ";

    private final EventCodec codec;
    private final PersonalKeys keys;

    public JournalReader(EventCodec codec, PersonalKeys keys) {
        this.codec = codec;
        this.keys = keys;
    }

    /// A place in the journal.
    ///
    /// @param xid transaction number, unsigned 64 bits as text
    public record Offset(String xid, long ordering) {
        public static final Offset BEGINNING = new Offset("0", 0);
    }

    /// One event and where it stands.
    public record Entry(Offset offset, String persistenceId, long seq, Object event) {
        /// `call` of `call|c-17`.
        public String kind() {
            return persistenceId.substring(0, persistenceId.indexOf('|'));
        }

        /// `c-17` of `call|c-17`.
        public String entityId() {
            return persistenceId.substring(persistenceId.indexOf('|') + 1);
        }
    }

    /// A row; its payload is JSON.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Raw(Offset offset, String persistenceId, long seq, String manifest, byte[] payload) {}

    /// The next events after this place, at most so many.
    public List<Entry> after(Sql sql, Offset offset, int limit) {
        return decoded(sql.list(COLUMNS + """
                        WHERE (xid, ordering) > (?::xid8, ?) AND xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT deleted
                        ORDER BY xid, ordering LIMIT ?
                        """, JournalReader::raw, offset.xid(), offset.ordering(), limit));
    }

    /// All events of one entity after this number, in their order: what its own replay would see.
    public List<Entry> ofEntity(Sql sql, String persistenceId, long afterSeq) {
        return decoded(sql.list(
                COLUMNS + "WHERE persistence_id = ? AND sequence_number > ? AND NOT deleted ORDER BY sequence_number",
                JournalReader::raw,
                persistenceId,
                afterSeq));
    }

    /// A state that an entity kept to begin its replay with.
    public record Snapshot<S>(long seq, S state) {}

    /// The newest snapshot up to this number; empty also when it is of a shape that is no longer read.
    public <S> Optional<Snapshot<S>> snapshot(Sql sql, String persistenceId, long upToSeq, Class<S> type) {
        return sql.first(
                        """
                        SELECT sequence_number, snapshot_ser_manifest, snapshot_payload FROM snapshot
                        WHERE persistence_id = ? AND sequence_number <= ? ORDER BY sequence_number DESC LIMIT 1
                        """,
                        row -> readable(
                                row.getLong("sequence_number"),
                                row.getString("snapshot_ser_manifest"),
                                row.getBytes("snapshot_payload"),
                                type),
                        persistenceId,
                        upToSeq)
                .flatMap(snapshot -> snapshot);
    }

    private <S> Optional<Snapshot<S>> readable(long seq, String manifest, byte[] payload, Class<S> type) {
        try {
            return Optional.of(new Snapshot<>(seq, type.cast(codec.read(manifest, payload))));
        } catch (IllegalStateException e) {
            LOG.info("Snapshot {} is not read any more; replaying instead", manifest, e);
            return Optional.empty();
        }
    }

    /// Whether nothing stands after this place that can be read now.
    public boolean isCaughtUp(Sql sql, Offset offset) {
        return next(sql, offset, "xid < pg_snapshot_xmin(pg_current_snapshot())")
                .isEmpty();
    }

    /// Whether nothing stands after this place that a transaction below this number has written.
    ///
    /// @param xid unsigned 64 bits as text
    public boolean isCaughtUp(Sql sql, Offset offset, String xid) {
        return next(sql, offset, "xid < ?::xid8", xid).isEmpty();
    }

    // The first row by the index is looked at, and only it: asked for any row at all, the planner expects to meet one
    // soon and walks through the whole journal when there is none.
    private static Optional<Boolean> next(Sql sql, Offset offset, String condition, Object... arguments) {
        var all = new ArrayList<Object>(List.of(arguments));
        all.add(offset.xid());
        all.add(offset.ordering());
        return sql.first("SELECT " + condition + """
                         AS readable FROM event_journal
                        WHERE (xid, ordering) > (?::xid8, ?) ORDER BY xid, ordering LIMIT 1
                        """, row -> row.getBoolean("readable"), all.toArray())
                .filter(readable -> readable);
    }

    private List<Entry> decoded(List<Raw> rows) {
        var ids = new ArrayList<Long>();
        rows.forEach(row -> ids.addAll(SealedText.keyIds(new String(row.payload(), StandardCharsets.ISO_8859_1))));
        keys.prefetch(ids);
        return rows.stream()
                .map(row -> new Entry(
                        row.offset(), row.persistenceId(), row.seq(), codec.read(row.manifest(), row.payload())))
                .toList();
    }

    private static Raw raw(ResultSet row) throws SQLException {
        return new Raw(
                new Offset(row.getString("place"), row.getLong("ordering")),
                row.getString("persistence_id"),
                row.getLong("sequence_number"),
                row.getString("event_ser_manifest"),
                row.getBytes("event_payload"));
    }
}
