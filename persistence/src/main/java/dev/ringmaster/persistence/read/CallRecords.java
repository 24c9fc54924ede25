package dev.ringmaster.persistence.read;

import dev.ringmaster.persistence.database.Sql;
import java.util.Optional;
import javax.sql.DataSource;

/// One finished call.
public final class CallRecords {
    private final DataSource source;

    public CallRecords(DataSource source) {
        this.source = source;
    }

    /// Its record; empty while it runs, and for a call of another instance.
    public Optional<CallRecord> record(String instanceId, String callId) {
        return Sql.reading(
                source,
                sql -> CallRows.list(sql, "WHERE r.instance_id = ? AND r.call_id = ?", instanceId, callId).stream()
                        .findFirst());
    }
}
