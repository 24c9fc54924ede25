package dev.ringmaster.persistence.projection;

import dev.ringmaster.call.CallPhases;
import dev.ringmaster.persistence.database.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Writes the records of calls that have ended, and adds the wrap-ups that end later. All calls of a portion share
/// the statements: by itself each call would wait five times for the database.
final class CallRecordWriter {
    private final Map<String, CallStory> ended = new LinkedHashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();

    /// The call has ended: it gets its record.
    void ended(String callId, CallStory story) {
        ended.put(callId, story);
    }

    /// A wrap-up, or something else that belongs to the call, has come. While the call runs nothing is done: its
    /// record comes later and knows everything.
    void touched(String callId) {
        touched.add(callId);
    }

    /// @return the records that can be read now, or have changed
    Collection<RecordedCall> write(Sql sql) {
        var recorded = new LinkedHashMap<String, RecordedCall>();
        sql.batch(
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
                ended.entrySet().stream()
                        .map(call -> row(call.getKey(), call.getValue().header()))
                        .toList());
        ended.forEach((callId, story) -> recorded.put(
                callId,
                new RecordedCall(
                        story.header().birth().instanceId(),
                        callId,
                        story.header().agent().map(CallHeader.Who::id))));
        var earlier = new ArrayList<>(touched);
        earlier.removeAll(ended.keySet());
        RecordedCall.find(sql, earlier).forEach(call -> recorded.put(call.callId(), call));
        phases(sql, recorded.keySet());
        return recorded.values();
    }

    private static Object[] row(String callId, CallHeader header) {
        var birth = header.birth();
        var end = header.ended().orElseThrow();
        return new Object[] {
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
            end.at(),
            end.endedBy(),
            end.result(),
            end.cause(),
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
            header.recordingId()
        };
    }

    /// The phases of these calls anew: those of the call itself, then its wrap-ups.
    private void phases(Sql sql, Set<String> callIds) {
        if (callIds.isEmpty()) {
            return;
        }
        var phases = new LinkedHashMap<String, List<CallPhases.Phase>>();
        callIds.forEach(callId -> phases.put(callId, new ArrayList<>()));
        ended.forEach(
                (callId, story) -> list(phases, callId).addAll(story.phases().done()));
        var earlier = new ArrayList<>(callIds);
        earlier.removeAll(ended.keySet());
        var known = new HashMap<String, List<CallPhases.Phase>>();
        if (!earlier.isEmpty()) {
            sql.list(
                    """
                    SELECT call_id, kind, started_at, ended_at, agent_id FROM call_phase
                    WHERE call_id = ANY (?) AND kind <> 'acw' ORDER BY call_id, position
                    """,
                    row -> list(known, row.getString("call_id"))
                            .add(new CallPhases.Phase(
                                    row.getString("kind"),
                                    Objects.requireNonNull(Sql.instant(row, "started_at")),
                                    Optional.ofNullable(Sql.instant(row, "ended_at")),
                                    Optional.ofNullable(row.getString("agent_id")))),
                    earlier);
        }
        known.forEach((callId, done) -> list(phases, callId).addAll(done));
        sql.list(
                """
                SELECT call_id, agent_id, since, until FROM agent_interval
                WHERE call_id = ANY (?) AND state = 'ACW' AND until IS NOT NULL ORDER BY since, agent_id
                """,
                row -> list(phases, row.getString("call_id"))
                        .add(new CallPhases.Phase(
                                "acw",
                                Objects.requireNonNull(Sql.instant(row, "since")),
                                Optional.ofNullable(Sql.instant(row, "until")),
                                Optional.of(row.getString("agent_id")))),
                callIds);
        sql.update("DELETE FROM call_phase WHERE call_id = ANY (?)", callIds);
        var rows = new ArrayList<Object[]>();
        phases.forEach((callId, of) -> {
            for (int i = 0; i < of.size(); i++) {
                var phase = of.get(i);
                var end = phase.endedAt().orElseThrow();
                rows.add(new Object[] {callId, i + 1, phase.kind(), phase.startedAt(), end, phase.agentId()});
            }
        });
        sql.batch(
                "INSERT INTO call_phase (call_id, position, kind, started_at, ended_at, agent_id) VALUES (?, ?, ?, ?, ?, ?)",
                rows);
    }

    private static List<CallPhases.Phase> list(Map<String, List<CallPhases.Phase>> of, String callId) {
        return of.computeIfAbsent(callId, _ -> new ArrayList<>());
    }
}
