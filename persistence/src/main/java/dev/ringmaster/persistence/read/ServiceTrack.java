package dev.ringmaster.persistence.read;

import dev.ringmaster.persistence.database.Sql;
import java.util.List;
import javax.sql.DataSource;

/// What a customer's number has been through with us: its calls in time order (AGT-017).
public final class ServiceTrack {
    /// The newest so many; older ones are found by search.
    public static final int MAX_CALLS = 50;

    private final DataSource source;

    public ServiceTrack(DataSource source) {
        this.source = source;
    }

    /// Oldest first.
    public List<CallRecord> of(String instanceId, String number) {
        return Sql.reading(
                source,
                sql -> CallRows.list(
                                sql,
                                "WHERE r.instance_id = ? AND r.customer = ? ORDER BY r.started_at DESC, r.call_id DESC LIMIT ?",
                                instanceId,
                                number,
                                MAX_CALLS)
                        .reversed());
    }
}
