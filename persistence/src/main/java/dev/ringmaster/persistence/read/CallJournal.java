package dev.ringmaster.persistence.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.EventCodec;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/// Every step of one call as its journal tells it, routing decisions with candidates and reasons included.
public final class CallJournal {
    private final DataSource source;
    private final EventCodec codec;

    public CallJournal(DataSource source, EventCodec codec) {
        this.source = source;
        this.codec = codec;
    }

    /// @param event name of the event, e.g. `CallQueued`
    /// @param detail its fields
    public record Step(long seq, Instant at, String event, JsonNode detail) {}

    /// In order; empty for a call that is not (or not yet) of this instance. Reads the journal itself, so also of a
    /// running call.
    public List<Step> steps(String instanceId, String callId) {
        var steps = Sql.reading(
                source,
                sql -> sql.list(
                        """
                        SELECT sequence_number, event_ser_manifest, event_payload FROM event_journal
                        WHERE persistence_id = ? ORDER BY sequence_number
                        """,
                        row -> {
                            var manifest = row.getString("event_ser_manifest");
                            var detail = codec.readTree(manifest, row.getBytes("event_payload"));
                            return new Step(
                                    row.getLong("sequence_number"),
                                    Instant.parse(detail.path("at").asText()),
                                    EventCodec.name(manifest),
                                    detail);
                        },
                        "call|" + callId));
        var owner = steps.isEmpty()
                ? ""
                : steps.getFirst().detail().path("instanceId").asText();
        return owner.equals(instanceId) ? steps : List.of();
    }
}
