package dev.ringmaster.persistence.projection;

import dev.ringmaster.call.CallEvent;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
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
        return Optional.of(new RecordedCall(header.instanceId, callId, header.agentId));
    }
}
