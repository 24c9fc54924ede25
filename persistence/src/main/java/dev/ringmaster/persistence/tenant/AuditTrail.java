package dev.ringmaster.persistence.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.persistence.database.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/// Who changed what: written in the transaction of the change, so neither is there without the other.
public final class AuditTrail {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource source;

    public AuditTrail(DataSource source) {
        this.source = source;
    }

    /// One entry.
    public record Entry(Instant at, String instanceId, String by, String action, String subject, String detail) {}

    /// Adds an entry inside the caller's transaction.
    ///
    /// @param action e.g. `person.saved`
    /// @param detail no secrets, no customers' data
    public static void note(
            Sql sql, Instant at, String instanceId, String by, String action, String subject, Map<String, ?> detail) {
        sql.update(
                "INSERT INTO audit (at, instance_id, by_whom, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?::jsonb)",
                at,
                instanceId,
                by,
                action,
                subject,
                json(detail));
    }

    /// Adds an entry of something that changed no row of ours, e.g. that a recording was listened to.
    public void add(Instant at, String instanceId, String by, String action, String subject, Map<String, ?> detail) {
        Sql.inTransaction(source, sql -> {
            note(sql, at, instanceId, by, action, subject, detail);
            return true;
        });
    }

    /// The newest entries of an instance, newest first.
    public List<Entry> newest(String instanceId, int limit) {
        return Sql.reading(
                source,
                sql -> sql.list(
                        "SELECT at, by_whom, action, subject, detail FROM audit WHERE instance_id = ? ORDER BY audit_id DESC LIMIT ?",
                        row -> new Entry(
                                java.util.Objects.requireNonNull(Sql.instant(row, "at")),
                                instanceId,
                                row.getString("by_whom"),
                                row.getString("action"),
                                row.getString("subject"),
                                row.getString("detail")),
                        instanceId,
                        limit));
    }

    private static String json(Map<String, ?> detail) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(detail));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Audit detail is not plain", e);
        }
    }
}
