package dev.ringmaster.persistence.projection;

import dev.ringmaster.call.CallPhases;
import dev.ringmaster.persistence.database.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Writes the record of a call when it has ended, and adds the wrap-ups that end later.
final class CallRecordWriter {
    private CallRecordWriter() {}

    static RecordedCall write(Sql sql, String callId, CallStory story) {
        var header = story.header();
        var birth = header.birth();
        var ended = header.ended().orElseThrow();
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
                birth.instanceId(),
                birth.direction(),
                birth.from(),
                birth.to(),
                birth.customer(),
                birth.displayName(),
                birth.area(),
                birth.at(),
                header.answeredAt(),
                ended.at(),
                ended.endedBy(),
                ended.result(),
                ended.cause(),
                header.agent().map(CallHeader.Who::id),
                header.agent().map(CallHeader.Who::name),
                header.group().map(CallHeader.Who::id),
                header.group().map(CallHeader.Who::name),
                header.ivrPath(),
                header.survey(),
                header.transferredToHuman(),
                birth.source(),
                birth.remark(),
                List.of(),
                header.recordingId());
        var phases = new ArrayList<>(story.phases().done());
        phases.addAll(wrapUps(sql, callId));
        writePhases(sql, callId, phases);
        return new RecordedCall(birth.instanceId(), callId, header.agent().map(CallHeader.Who::id));
    }

    /// A wrap-up, or something else that belongs to the call, has come after its end.
    ///
    /// @return empty while the call runs: its record comes later and knows everything
    static Optional<RecordedCall> refresh(Sql sql, String callId) {
        var recorded = RecordedCall.find(sql, callId);
        if (recorded.isPresent()) {
            var phases = new ArrayList<>(sql.list(
                    "SELECT * FROM call_phase WHERE call_id = ? AND kind <> 'acw' ORDER BY position",
                    row -> new CallPhases.Phase(
                            row.getString("kind"),
                            Objects.requireNonNull(Sql.instant(row, "started_at")),
                            Optional.ofNullable(Sql.instant(row, "ended_at")),
                            Optional.ofNullable(row.getString("agent_id"))),
                    callId));
            phases.addAll(wrapUps(sql, callId));
            writePhases(sql, callId, phases);
        }
        return recorded;
    }

    private static List<CallPhases.Phase> wrapUps(Sql sql, String callId) {
        return sql.list(
                """
                SELECT agent_id, since, until FROM agent_interval
                WHERE call_id = ? AND state = 'ACW' AND until IS NOT NULL ORDER BY since, agent_id
                """,
                row -> new CallPhases.Phase(
                        "acw",
                        Objects.requireNonNull(Sql.instant(row, "since")),
                        Optional.ofNullable(Sql.instant(row, "until")),
                        Optional.of(row.getString("agent_id"))),
                callId);
    }

    private static void writePhases(Sql sql, String callId, List<CallPhases.Phase> phases) {
        sql.update("DELETE FROM call_phase WHERE call_id = ?", callId);
        sql.update(
                """
                INSERT INTO call_phase (call_id, position, kind, started_at, ended_at, agent_id)
                SELECT ?, position, kind, started_at::timestamptz, ended_at::timestamptz, nullif(agent_id, '')
                FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS p (kind, started_at, ended_at, agent_id, position)
                """,
                callId,
                phases.stream().map(CallPhases.Phase::kind).toList(),
                phases.stream().map(p -> micros(p.startedAt())).toList(),
                phases.stream().map(p -> micros(p.endedAt().orElseThrow())).toList(),
                phases.stream().map(p -> p.agentId().orElse("")).toList());
    }

    /// Cut as every other time (see [Sql]), not rounded: phases must meet the call's own times.
    private static String micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }
}
