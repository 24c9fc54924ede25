package dev.ringmaster.persistence.projection;

import dev.ringmaster.call.CallEvent;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.PersonalKeys;
import dev.ringmaster.persistence.tenant.AuditTrail;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;

/// Forgets the person of a finished call: numbers, name, keys pressed, remark and note can never be read again. The
/// events stay, and with them every count and duration. The recording is a file and goes its own way.
public final class Forgetting {
    private final DataSource source;
    private final PersonalKeys keys;
    private final JournalReader reader;
    private final Clock clock;

    public Forgetting(DataSource source, PersonalKeys keys, JournalReader reader, Clock clock) {
        this.source = source;
        this.keys = keys;
        this.reader = reader;
        this.clock = clock;
    }

    /// @return whether there is such a finished call in this instance
    public boolean forget(String instanceId, String callId, String by) {
        var known = Sql.reading(
                source,
                sql -> sql.exists(
                        "SELECT 1 FROM call_record WHERE instance_id = ? AND call_id = ?", instanceId, callId));
        if (!known) {
            return false;
        }
        keys.drop("call|" + callId);
        Sql.inTransaction(source, sql -> {
            // What an agent's snapshot knew of the call is sealed with her key; she replays a little more instead.
            sql.update("""
                    DELETE FROM snapshot WHERE persistence_id IN (SELECT 'agent|' || agent_id FROM agent_interval WHERE call_id = ?)
                    """, callId);
            sql.update("UPDATE call_note SET text = ? WHERE call_id = ?", PersonalKeys.FORGOTTEN, callId);
            var story = CallStory.unborn(callId);
            for (var entry : reader.ofEntity(sql, "call|" + callId, 0)) {
                story = story.then((CallEvent) entry.event());
            }
            var record = new CallRecordWriter();
            record.ended(callId, story);
            RecordedCall.tell(sql, record.write(sql));
            AuditTrail.note(sql, clock.instant(), instanceId, by, "call.forgotten", callId, Map.of());
            return true;
        });
        return true;
    }
}
