package dev.ringmaster.persistence.projection;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.JournalReader.Entry;
import dev.ringmaster.persistence.journal.JournalReader.Offset;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsEvent;
import java.util.List;
import java.util.Optional;

/// The read models and how events change them: call records with their phases, notes, agents' intervals, who is
/// open. What a table says depends on the journal alone, not on how it was cut into portions, so that a rebuild
/// gives the same.
final class ReadModels {
    static final String OFFSET = "read-models";
    static final List<String> TABLES =
            List.of("call_record", "call_phase", "call_note", "agent_interval", "open_entity", "projection_offset");

    private final JournalReader reader;
    private final boolean tells;
    private final EntityFold<CallStory> calls;
    private final EntityFold<Agent> agents;
    private final EntityFold<Seats> seats;

    /// @param tells whether every node is told of each record (not in a rebuild)
    ReadModels(JournalReader reader, boolean tells) {
        this.tells = tells;
        this.reader = reader;
        this.calls = new EntityFold<>(
                reader, CallStory.class, CallStory::unborn, (story, event) -> story.then((CallEvent) event));
        this.agents = new EntityFold<>(
                reader, Agent.class, Agent::unborn, (agent, event) -> Agent.apply(agent, (AgentEvent) event));
        this.seats = new EntityFold<>(
                reader, Seats.class, _ -> Seats.unborn(), (ledger, event) -> Seats.apply(ledger, (SeatsEvent) event));
    }

    /// Where the read models are; the row is there from the first look on.
    Offset offset(Sql sql) {
        return read(sql, "").orElseGet(() -> {
            sql.update("INSERT INTO projection_offset (name) VALUES (?) ON CONFLICT DO NOTHING", OFFSET);
            return Offset.BEGINNING;
        });
    }

    /// Where the read models in use are.
    static Offset reached(Sql sql) {
        return read(sql, "").orElse(Offset.BEGINNING);
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
        var changes = new Changes();
        for (var entry : entries) {
            apply(sql, entry, changes);
        }
        changes.write(sql, tells);
        var last = entries.getLast().offset();
        sql.update(
                "UPDATE projection_offset SET xid = ?::xid8, ordering = ? WHERE name = ?",
                last.xid(),
                last.ordering(),
                OFFSET);
        return entries.size();
    }

    /// After a failure: nothing that was only in memory counts.
    void forget() {
        calls.forget();
        agents.forget();
        seats.forget();
    }

    private void apply(Sql sql, Entry entry, Changes changes) {
        switch (entry.event()) {
            case CallEvent event -> {
                var step = calls.step(sql, entry);
                changes.open(entry, step.before().open(), step.after().open());
                if (event instanceof CallEvent.CallEnded) {
                    changes.records().ended(entry.entityId(), step.after());
                }
                if (step.after().over()) {
                    calls.leave(entry.persistenceId());
                }
            }
            case AgentEvent event -> {
                var step = agents.step(sql, entry);
                changes.open(entry, step.before().open(), step.after().open());
                changes.intervals().changed(entry, step, changes.records()::touched);
                if (event instanceof AgentEvent.NoteSaved note) {
                    noteSaved(sql, entry.entityId(), note);
                    changes.records().touched(note.callId());
                }
            }
            case SeatsEvent _ -> {
                var step = seats.step(sql, entry);
                changes.open(entry, step.before().open(), step.after().open());
            }
            default ->
                throw new IllegalStateException(
                        "An event that no read model knows: " + entry.event().getClass());
        }
    }

    private static void noteSaved(Sql sql, String agentId, AgentEvent.NoteSaved note) {
        sql.update(
                """
                INSERT INTO call_note (call_id, agent_id, category, result, text, saved_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (call_id) DO UPDATE SET agent_id = EXCLUDED.agent_id, category = EXCLUDED.category,
                  result = EXCLUDED.result, text = EXCLUDED.text, saved_at = EXCLUDED.saved_at
                """,
                note.callId(),
                agentId,
                note.category(),
                note.result(),
                note.text().value(),
                note.at());
    }

    private static Optional<Offset> read(Sql sql, String lock) {
        return sql.first(
                "SELECT xid::text AS place, ordering FROM projection_offset WHERE name = ? " + lock,
                row -> new Offset(row.getString("place"), row.getLong("ordering")),
                OFFSET);
    }
}
