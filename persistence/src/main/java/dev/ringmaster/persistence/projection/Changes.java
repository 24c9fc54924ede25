package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a portion of the journal changes that can be written at once at its end: who is open, and which records are
/// to be told of.
final class Changes {
    private final CallRecordWriter records = new CallRecordWriter();
    private final AgentIntervals intervals = new AgentIntervals();
    private final Map<String, Entry> opened = new LinkedHashMap<>();
    private final Map<String, Entry> closed = new LinkedHashMap<>();

    CallRecordWriter records() {
        return records;
    }

    AgentIntervals intervals() {
        return intervals;
    }

    void open(Entry entry, boolean before, boolean after) {
        if (before != after) {
            (after ? opened : closed).put(entry.persistenceId(), entry);
            (after ? closed : opened).remove(entry.persistenceId());
        }
    }

    void write(Sql sql, boolean tells) {
        if (!closed.isEmpty()) {
            sql.update("DELETE FROM open_entity WHERE persistence_id = ANY (?)", closed.keySet());
        }
        if (!opened.isEmpty()) {
            sql.update(
                    """
                    INSERT INTO open_entity (persistence_id, kind, entity_id) SELECT * FROM unnest(?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    new ArrayList<>(opened.keySet()),
                    opened.values().stream().map(Entry::kind).toList(),
                    opened.values().stream().map(Entry::entityId).toList());
        }
        intervals.write(sql); // the records' phases are read from them
        var recorded = records.write(sql);
        if (tells && !recorded.isEmpty()) {
            RecordedCall.tell(sql, recorded);
        }
    }
}
