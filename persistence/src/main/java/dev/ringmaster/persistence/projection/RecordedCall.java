package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The record of this call (or what belongs to it: wrap-up, note, recording) can now be read.
public record RecordedCall(String instanceId, String callId, Optional<String> agentId) {
    static final String CHANNEL = "ringmaster_recorded";

    /// Tells all nodes, once the transaction has committed.
    public void tell(Sql sql) {
        tell(sql, List.of(this));
    }

    static void tell(Sql sql, Collection<RecordedCall> calls) {
        sql.list(
                "SELECT pg_notify(?, call) FROM unnest(?) AS call",
                _ -> true,
                CHANNEL,
                calls.stream()
                        .map(call -> call.instanceId + "\n" + call.callId + "\n" + call.agentId.orElse(""))
                        .toList());
    }

    /// Those of these calls that have a record.
    static List<RecordedCall> find(Sql sql, Collection<String> callIds) {
        return callIds.isEmpty()
                ? List.of()
                : sql.list(
                        "SELECT call_id, instance_id, agent_id FROM call_record WHERE call_id = ANY (?)",
                        row -> new RecordedCall(
                                row.getString("instance_id"),
                                row.getString("call_id"),
                                Optional.ofNullable(row.getString("agent_id"))),
                        callIds);
    }

    /// The record of this call as it stands, if there is one.
    public static Optional<RecordedCall> find(Sql sql, String callId) {
        return sql.first(
                "SELECT instance_id, agent_id FROM call_record WHERE call_id = ?",
                row -> new RecordedCall(
                        row.getString("instance_id"), callId, Optional.ofNullable(row.getString("agent_id"))),
                callId);
    }

    static RecordedCall parse(String told) {
        var parts = told.split("\n", -1);
        return new RecordedCall(parts[0], parts[1], Optional.of(parts[2]).filter(id -> !id.isEmpty()));
    }
}
