package dev.ringmaster.persistence.read;

import dev.ringmaster.persistence.database.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Lists of finished calls of an instance, newest first (REP-014).
public final class CallSearch {
    /// Calls on one page; more would only be scrolled past.
    public static final int MAX_SIZE = 200;

    private final DataSource source;

    public CallSearch(DataSource source) {
        this.source = source;
    }

    /// @param page from 1
    public record Page(int page, int size, long total, List<CallRecord> items) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /// @param page from 1
    /// @param size at most [#MAX_SIZE]; more is cut
    public Page search(String instanceId, CallFilter filter, int page, int size) {
        var wanted = Math.clamp(size, 1, MAX_SIZE);
        var number = Math.max(1, page);
        var conditions = new StringBuilder("WHERE r.instance_id = ?");
        var arguments = new ArrayList<Object>(List.of(instanceId));
        filter.number().ifPresent(n -> {
            conditions.append(" AND (r.from_number = ? OR r.to_number = ?)");
            arguments.addAll(List.of(n, n));
        });
        filter.text().map(CallSearch::pattern).ifPresent(like -> {
            conditions.append(
                    " AND (r.from_number ILIKE ? OR r.to_number ILIKE ? OR r.display_name ILIKE ? OR r.agent_name ILIKE ?)");
            arguments.addAll(List.of(like, like, like, like));
        });
        add(conditions, arguments, " AND r.direction = ?", filter.direction());
        add(conditions, arguments, " AND r.result = ?", filter.result());
        add(conditions, arguments, " AND r.group_id = ?", filter.groupId());
        add(conditions, arguments, " AND r.agent_id = ?", filter.agentId());
        add(conditions, arguments, " AND r.started_at >= ?", filter.from());
        add(conditions, arguments, " AND r.started_at < ?", filter.to());
        return Sql.inTransaction(source, sql -> {
            // Count and page of one moment.
            sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            var total = sql.first(
                            "SELECT count(*) AS total FROM call_record r " + conditions,
                            row -> row.getLong("total"),
                            arguments.toArray())
                    .orElseThrow();
            arguments.add(wanted);
            arguments.add((long) (number - 1) * wanted);
            var items = CallRows.list(
                    sql,
                    conditions + " ORDER BY r.started_at DESC, r.call_id DESC LIMIT ? OFFSET ?",
                    arguments.toArray());
            return new Page(number, wanted, total, items);
        });
    }

    private static void add(StringBuilder conditions, List<Object> arguments, String condition, Optional<?> value) {
        value.ifPresent(v -> {
            conditions.append(condition);
            arguments.add(v);
        });
    }

    private static String pattern(String text) {
        return "%" + text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
