package dev.ringmaster.persistence.projection;

import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.JournalReader.Entry;
import dev.ringmaster.persistence.journal.JournalReader.Offset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The read models and how events change them: call records with their phases, notes, agents' intervals, who is
/// open. What a table says depends on the journal alone, not on how it was cut into portions, so that a rebuild
/// gives the same.
final class ReadModels {
    static final String OFFSET = "read-models";
    static final String CHANNEL = "ringmaster_recorded";
    static final List<String> TABLES =
            List.of("call_record", "call_phase", "call_note", "agent_interval", "open_entity", "projection_offset");

    private final JournalReader reader;
    private final CallRecordWriter records;

    ReadModels(JournalReader reader) {
        this.reader = reader;
        this.records = new CallRecordWriter(reader);
    }

    /// Where the read models are; the row is there from the first look on.
    Offset offset(Sql sql) {
        return read(sql, "").orElseGet(() -> {
            sql.update("INSERT INTO projection_offset (name) VALUES (?) ON CONFLICT DO NOTHING", OFFSET);
            return Offset.BEGINNING;
        });
    }

    /// Locks the offset for this transaction; empty when another node holds it.
    Optional<Offset> lockOffset(Sql sql) {
        return read(sql, "FOR UPDATE SKIP LOCKED");
    }

    /// Projects the next portion inside the caller's transaction.
    ///
    /// @return its events
    int project(Sql sql, Offset from, int portion) {
        var entries = reader.after(sql, from, portion);
        if (entries.isEmpty()) {
            return 0;
        }
        var calls = new LinkedHashSet<String>();
        for (var entry : entries) {
            apply(sql, entry, calls);
        }
        for (var recorded : records.write(sql, calls)) {
            sql.list("SELECT pg_notify(?, ?)", _ -> true, CHANNEL, format(recorded));
        }
        var last = entries.getLast().offset();
        sql.update(
                "UPDATE projection_offset SET xid = ?::xid8, ordering = ? WHERE name = ?",
                last.xid(),
                last.ordering(),
                OFFSET);
        return entries.size();
    }

    /// After a failure: nothing that was only in memory counts.
    void forget() {}

    private void apply(Sql sql, Entry entry, Set<String> calls) {
        switch (entry.event()) {
            case CallEvent _ -> {
                if (entry.seq() == 1) {
                    open(sql, entry);
                }
                calls.add(entry.entityId());
            }
            case AgentEvent.NoteSaved note -> {
                sql.update(
                        """
                        INSERT INTO call_note (call_id, agent_id, category, result, text, saved_at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (call_id) DO UPDATE SET agent_id = EXCLUDED.agent_id, category = EXCLUDED.category,
                          result = EXCLUDED.result, text = EXCLUDED.text, saved_at = EXCLUDED.saved_at
                        """,
                        note.callId(),
                        entry.entityId(),
                        note.category(),
                        note.result(),
                        note.text().value(),
                        note.at());
                calls.add(note.callId());
            }
            default -> {
                // Nothing that a list shows.
            }
        }
    }

    private static void open(Sql sql, Entry entry) {
        sql.update(
                "INSERT INTO open_entity (persistence_id, kind, entity_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                entry.persistenceId(),
                entry.kind(),
                entry.entityId());
    }

    private static Optional<Offset> read(Sql sql, String lock) {
        return sql.first(
                "SELECT xid::text AS xid, ordering FROM projection_offset WHERE name = ? " + lock,
                row -> new Offset(row.getString("xid"), row.getLong("ordering")),
                OFFSET);
    }

    private static String format(RecordedCall call) {
        return call.instanceId() + "\n" + call.callId() + "\n" + call.agentId().orElse("");
    }

    static RecordedCall parse(String text) {
        var parts = text.split("\n", -1);
        return new RecordedCall(parts[0], parts[1], Optional.of(parts[2]).filter(id -> !id.isEmpty()));
    }
}
