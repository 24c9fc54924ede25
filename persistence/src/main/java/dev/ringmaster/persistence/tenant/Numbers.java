package dev.ringmaster.persistence.tenant;

import dev.ringmaster.persistence.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/// The hotline numbers of the instances.
public final class Numbers {
    private static final String SELECT = """
            SELECT number, instance_id, trunk_id, description, area, inbound_flow, inbound_survey, outbound, outbound_survey, scope_groups
            FROM hotline_number
            """;

    private final DataSource source;
    private final Clock clock;

    public Numbers(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// Adds or changes a number. The same again changes nothing.
    public void save(HotlineNumber number, String by) {
        Sql.inTransaction(source, sql -> {
            var known = sql.first(
                    SELECT + "WHERE trunk_id = ? AND number = ?", Numbers::read, number.trunkId(), number.number());
            if (known.equals(Optional.of(number))) {
                return false;
            }
            sql.update(
                    """
                    INSERT INTO hotline_number (number, instance_id, trunk_id, description, area, inbound_flow, inbound_survey, outbound,
                      outbound_survey, scope_groups)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (trunk_id, number) DO UPDATE SET description = EXCLUDED.description, area = EXCLUDED.area,
                      inbound_flow = EXCLUDED.inbound_flow, inbound_survey = EXCLUDED.inbound_survey, outbound = EXCLUDED.outbound,
                      outbound_survey = EXCLUDED.outbound_survey, scope_groups = EXCLUDED.scope_groups
                    WHERE hotline_number.instance_id = EXCLUDED.instance_id
                    """,
                    number.number(),
                    number.instanceId(),
                    number.trunkId(),
                    number.description(),
                    number.area(),
                    number.inboundFlow(),
                    number.inboundSurvey(),
                    number.outbound(),
                    number.outboundSurvey(),
                    number.scopeGroups().map(TreeSet::new));
            AuditTrail.note(
                    sql,
                    clock.instant(),
                    number.instanceId(),
                    by,
                    "number.saved",
                    number.number(),
                    Map.of("trunk", number.trunkId(), "outbound", number.outbound()));
            return true;
        });
    }

    public List<HotlineNumber> all(String instanceId) {
        return Sql.reading(
                source, sql -> sql.list(SELECT + "WHERE instance_id = ? ORDER BY number", Numbers::read, instanceId));
    }

    private static HotlineNumber read(ResultSet row) throws SQLException {
        var scope = row.getArray("scope_groups");
        return new HotlineNumber(
                row.getString("number"),
                row.getString("instance_id"),
                row.getString("trunk_id"),
                row.getString("description"),
                row.getString("area"),
                Optional.ofNullable(row.getString("inbound_flow")),
                Optional.ofNullable(row.getObject("inbound_survey", Integer.class)),
                row.getBoolean("outbound"),
                Optional.ofNullable(row.getObject("outbound_survey", Integer.class)),
                scope == null ? Optional.empty() : Optional.of(Set.of((String[]) scope.getArray())));
    }
}
