package dev.ringmaster.persistence.tenant;

import dev.ringmaster.persistence.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/// Skill groups and who is in them.
public final class Groups {
    private final DataSource source;
    private final Clock clock;

    public Groups(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// Adds or changes a group. The same again changes nothing.
    public void save(Group group, String by) {
        Sql.inTransaction(source, sql -> {
            var changed = sql.update("""
                    INSERT INTO skill_group (group_id, instance_id, name, name_en) VALUES (?, ?, ?, ?)
                    ON CONFLICT (group_id) DO UPDATE SET name = EXCLUDED.name, name_en = EXCLUDED.name_en
                    WHERE skill_group.instance_id = EXCLUDED.instance_id
                      AND (skill_group.name, skill_group.name_en) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.name_en)
                    """, group.groupId(), group.instanceId(), group.name(), group.nameEn());
            if (changed > 0) {
                AuditTrail.note(
                        sql,
                        clock.instant(),
                        group.instanceId(),
                        by,
                        "group.saved",
                        group.groupId(),
                        Map.of("name", group.name()));
            }
            return changed;
        });
    }

    public List<Group> all(String instanceId) {
        return Sql.reading(
                source,
                sql -> sql.list(
                        "SELECT group_id, instance_id, name, name_en FROM skill_group WHERE instance_id = ? ORDER BY name, group_id",
                        Groups::read,
                        instanceId));
    }

    public List<Group> ofAgent(String instanceId, String agentId) {
        return Sql.reading(source, sql -> sql.list("""
                        SELECT g.group_id, g.instance_id, g.name, g.name_en FROM skill_group g JOIN membership m USING (group_id)
                        WHERE g.instance_id = ? AND m.agent_id = ? ORDER BY g.name, g.group_id
                        """, Groups::read, instanceId, agentId));
    }

    public Set<String> members(String instanceId, String groupId) {
        return Sql.reading(
                source, sql -> new TreeSet<>(sql.list(MEMBERS, row -> row.getString("agent_id"), instanceId, groupId)));
    }

    /// These agents and no others; people and group of another instance are left alone.
    public void setMembers(String instanceId, String groupId, Set<String> agentIds, String by) {
        Sql.inTransaction(source, sql -> {
            var before = new TreeSet<>(sql.list(MEMBERS, row -> row.getString("agent_id"), instanceId, groupId));
            if (before.equals(new TreeSet<>(agentIds))) {
                return false;
            }
            sql.update("""
                    DELETE FROM membership USING skill_group g
                    WHERE membership.group_id = g.group_id AND g.instance_id = ? AND g.group_id = ? AND NOT membership.agent_id = ANY (?)
                    """, instanceId, groupId, agentIds);
            sql.update("""
                    INSERT INTO membership (group_id, agent_id)
                    SELECT g.group_id, p.agent_id FROM skill_group g JOIN person p USING (instance_id)
                    WHERE g.instance_id = ? AND g.group_id = ? AND p.agent_id = ANY (?)
                    ON CONFLICT DO NOTHING
                    """, instanceId, groupId, agentIds);
            AuditTrail.note(
                    sql,
                    clock.instant(),
                    instanceId,
                    by,
                    "group.members",
                    groupId,
                    Map.of("agents", new TreeSet<>(agentIds)));
            return true;
        });
    }

    private static final String MEMBERS = """
            SELECT m.agent_id FROM membership m JOIN skill_group g USING (group_id) WHERE g.instance_id = ? AND m.group_id = ?
            """;

    private static Group read(ResultSet row) throws SQLException {
        return new Group(
                row.getString("group_id"),
                row.getString("instance_id"),
                row.getString("name"),
                row.getString("name_en"));
    }
}
