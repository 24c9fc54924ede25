package dev.ringmaster.persistence.projection;

import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallPhases;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Writes the records of calls that have ended, each folded anew from its own journal: a few dozen events, a few
/// times a call.
final class CallRecordWriter {
    private final JournalReader reader;

    CallRecordWriter(JournalReader reader) {
        this.reader = reader;
    }

    /// @param callIds calls that something was heard of
    /// @return those that have ended, so that their records are now as they should be
    List<RecordedCall> write(Sql sql, Set<String> callIds) {
        var written = new ArrayList<RecordedCall>();
        for (var callId : ended(sql, callIds)) {
            write(sql, callId).ifPresent(written::add);
        }
        return written;
    }

    private static List<String> ended(Sql sql, Set<String> callIds) {
        return sql.list("""
                SELECT DISTINCT entity FROM unnest(?) AS entity JOIN event_journal j ON j.persistence_id = 'call|' || entity
                WHERE j.event_ser_manifest LIKE 'call.CallEnded.%' ORDER BY entity
                """, row -> row.getString("entity"), callIds);
    }

    private Optional<RecordedCall> write(Sql sql, String callId) {
        var events = reader.ofEntity(sql, "call|" + callId, 0).stream()
                .map(entry -> (CallEvent) entry.event())
                .toList();
        OpenEntityTable.set(sql, "call|" + callId, "call", callId, isOpen(callId, events));
        var header = CallHeader.of(events);
        var ended = header.ended.orElseThrow();
        var outbound = header.direction == Direction.OUTBOUND;
        sql.update(
                """
                INSERT INTO call_record (call_id, instance_id, direction, from_number, to_number, customer, display_name, area, started_at,
                  answered_at, ended_at, ended_by, result, cause, agent_id, agent_name, group_id, group_name, ivr_path, survey,
                  transferred_to_human, source, remark, tags, recording_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (call_id) DO UPDATE SET instance_id = EXCLUDED.instance_id, direction = EXCLUDED.direction,
                  from_number = EXCLUDED.from_number, to_number = EXCLUDED.to_number, customer = EXCLUDED.customer,
                  display_name = EXCLUDED.display_name, area = EXCLUDED.area, started_at = EXCLUDED.started_at,
                  answered_at = EXCLUDED.answered_at, ended_at = EXCLUDED.ended_at, ended_by = EXCLUDED.ended_by,
                  result = EXCLUDED.result, cause = EXCLUDED.cause, agent_id = EXCLUDED.agent_id, agent_name = EXCLUDED.agent_name,
                  group_id = EXCLUDED.group_id, group_name = EXCLUDED.group_name, ivr_path = EXCLUDED.ivr_path,
                  survey = EXCLUDED.survey, transferred_to_human = EXCLUDED.transferred_to_human, source = EXCLUDED.source,
                  remark = EXCLUDED.remark, tags = EXCLUDED.tags, recording_id = EXCLUDED.recording_id
                """,
                callId,
                header.instanceId,
                header.direction,
                header.from,
                header.to,
                header.customer,
                header.displayName,
                header.area,
                header.startedAt,
                header.answeredAt,
                ended.at(),
                ended.endedBy(),
                ended.result(),
                ended.cause(),
                header.agentId,
                header.agentName,
                header.groupId,
                header.groupName,
                header.ivrPath,
                header.survey,
                !outbound && header.reachedAgent,
                header.source,
                header.remark,
                List.of(),
                header.recordingId);
        writePhases(sql, callId, events);
        return Optional.of(new RecordedCall(header.instanceId, callId, header.agentId));
    }

    private static boolean isOpen(String callId, List<CallEvent> events) {
        var call = Call.unborn(callId);
        for (var event : events) {
            call = Call.apply(call, event);
        }
        return call.open();
    }

    private static void writePhases(Sql sql, String callId, List<CallEvent> events) {
        var phases = new ArrayList<>(CallPhases.of(events).done());
        phases.addAll(sql.list(
                """
                SELECT agent_id, since, until FROM agent_interval
                WHERE call_id = ? AND state = 'ACW' AND until IS NOT NULL ORDER BY since, agent_id
                """,
                row -> new CallPhases.Phase(
                        "acw",
                        Objects.requireNonNull(Sql.instant(row, "since")),
                        Optional.ofNullable(Sql.instant(row, "until")),
                        Optional.of(row.getString("agent_id"))),
                callId));
        sql.update("DELETE FROM call_phase WHERE call_id = ?", callId);
        for (int i = 0; i < phases.size(); i++) {
            var phase = phases.get(i);
            sql.update(
                    "INSERT INTO call_phase (call_id, position, kind, started_at, ended_at, agent_id) VALUES (?, ?, ?, ?, ?, ?)",
                    callId,
                    i + 1,
                    phase.kind(),
                    phase.startedAt(),
                    phase.endedAt(),
                    phase.agentId());
        }
    }
}
