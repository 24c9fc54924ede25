package dev.ringmaster.persistence.read;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.read.CallRecord.Named;
import dev.ringmaster.persistence.read.CallRecord.Note;
import dev.ringmaster.persistence.read.CallRecord.Phase;
import dev.ringmaster.persistence.read.CallRecord.Recording;
import dev.ringmaster.persistence.recording.WavLayout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of the read models as call records.
final class CallRows {
    static final String SELECT = """
            SELECT r.*, n.category AS note_category, n.result AS note_result, n.text AS note_text,
              p.recording_ms
            FROM call_record r
            LEFT JOIN call_note n USING (call_id)
            LEFT JOIN LATERAL (
              SELECT max(offset_ms + length_ms) AS recording_ms FROM recording_part p
              WHERE p.recording_id = r.recording_id AND p.call_id = r.call_id) p ON TRUE
            """;

    private CallRows() {}

    static List<CallRecord> list(Sql sql, String rest, @Nullable Object... arguments) {
        var rows = sql.list(SELECT + rest, CallRows::read, arguments);
        var phases = phases(sql, rows.stream().map(CallRecord::callId).toList());
        return rows.stream()
                .map(row -> withPhases(row, phases.getOrDefault(row.callId(), List.of())))
                .toList();
    }

    private static Map<String, List<Phase>> phases(Sql sql, List<String> callIds) {
        var found = new HashMap<String, List<Phase>>();
        if (!callIds.isEmpty()) {
            sql.list(
                    """
                    SELECT call_id, kind, started_at, ended_at, agent_id FROM call_phase WHERE call_id = ANY (?) ORDER BY call_id, position
                    """,
                    row -> found.computeIfAbsent(row.getString("call_id"), _ -> new ArrayList<>())
                            .add(phase(row)),
                    callIds);
        }
        return found;
    }

    private static Phase phase(ResultSet row) throws SQLException {
        var from = time(row, "started_at");
        var to = time(row, "ended_at");
        return new Phase(
                row.getString("kind"),
                from,
                to,
                // From whole milliseconds, so that the phases of a call add up to its length.
                to.toEpochMilli() - from.toEpochMilli(),
                Optional.ofNullable(row.getString("agent_id")));
    }

    private static CallRecord read(ResultSet row) throws SQLException {
        var recordingMs = row.getObject("recording_ms", Long.class);
        return new CallRecord(
                row.getString("call_id"),
                row.getString("instance_id"),
                row.getString("direction"),
                row.getString("from_number"),
                row.getString("to_number"),
                time(row, "started_at"),
                Optional.ofNullable(Sql.instant(row, "answered_at")),
                time(row, "ended_at"),
                row.getString("ended_by"),
                row.getString("result"),
                named(row, "agent_id", "agent_name"),
                named(row, "group_id", "group_name"),
                List.of(),
                Sql.texts(row, "tags"),
                Sql.texts(row, "ivr_path"),
                Optional.ofNullable(row.getObject("survey", Integer.class)),
                row.getBoolean("transferred_to_human"),
                row.getString("source"),
                row.getString("remark"),
                note(row),
                recordingMs == null
                        ? Optional.empty()
                        : Optional.of(new Recording(
                                row.getString("recording_id"), recordingMs, WavLayout.fileLength(recordingMs))),
                row.getString("area"),
                Optional.ofNullable(row.getString("display_name")));
    }

    private static Optional<Note> note(ResultSet row) throws SQLException {
        var category = row.getString("note_category");
        return category == null
                ? Optional.empty()
                : Optional.of(new Note(category, row.getString("note_result"), row.getString("note_text")));
    }

    private static Optional<Named> named(ResultSet row, String id, String name) throws SQLException {
        var value = row.getString(id);
        return value == null
                ? Optional.empty()
                : Optional.of(new Named(value, Objects.requireNonNullElse(row.getString(name), "")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column));
    }

    private static CallRecord withPhases(CallRecord r, List<Phase> phases) {
        return new CallRecord(
                r.callId(),
                r.instanceId(),
                r.direction(),
                r.from(),
                r.to(),
                r.startedAt(),
                r.answeredAt(),
                r.endedAt(),
                r.endedBy(),
                r.result(),
                r.agent(),
                r.group(),
                phases,
                r.tags(),
                r.ivrPath(),
                r.survey(),
                r.transferredToHuman(),
                r.source(),
                r.remark(),
                r.note(),
                r.recording(),
                r.area(),
                r.displayName());
    }
}
