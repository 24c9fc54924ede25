package dev.ringmaster.persistence.tenant;

import dev.ringmaster.persistence.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// The people of an instance. Passwords are `identity`'s.
public final class People {
    private static final String SELECT = """
            SELECT agent_id, instance_id, email, mobile, real_name, display_name, roles, department, business_unit, auto_answer, last_caller
            FROM person
            """;

    private final DataSource source;
    private final Clock clock;

    public People(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// Adds a person, or changes her all but her own settings. The same again changes nothing.
    public void save(Person person, String by) {
        Sql.inTransaction(source, sql -> {
            var known = find(sql, person.instanceId(), person.agentId());
            if (known.map(p -> p.equals(withSettings(person, p.settings()))).orElse(false)) {
                return false;
            }
            var roles = person.roles().stream().map(Enum::name).sorted().toList();
            sql.update(
                    """
                    INSERT INTO person (agent_id, instance_id, email, mobile, real_name, display_name, roles, department, business_unit,
                      auto_answer, last_caller)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (agent_id) DO UPDATE SET email = EXCLUDED.email, mobile = EXCLUDED.mobile, real_name = EXCLUDED.real_name,
                      display_name = EXCLUDED.display_name, roles = EXCLUDED.roles, department = EXCLUDED.department,
                      business_unit = EXCLUDED.business_unit
                    WHERE person.instance_id = EXCLUDED.instance_id
                    """,
                    person.agentId(),
                    person.instanceId(),
                    person.email(),
                    person.mobile(),
                    person.realName(),
                    person.displayName(),
                    roles,
                    person.department(),
                    person.businessUnit(),
                    person.settings().autoAnswer(),
                    person.settings().lastCaller());
            AuditTrail.note(
                    sql,
                    clock.instant(),
                    person.instanceId(),
                    by,
                    "person.saved",
                    person.agentId(),
                    Map.of("roles", roles));
            return true;
        });
    }

    public Optional<Person> byId(String instanceId, String agentId) {
        return Sql.reading(source, sql -> find(sql, instanceId, agentId));
    }

    public List<Person> all(String instanceId) {
        return Sql.reading(
                source,
                sql -> sql.list(
                        SELECT + "WHERE instance_id = ? ORDER BY display_name, agent_id", People::read, instanceId));
    }

    /// Her own choices; no audit entry, they concern nobody else.
    public void saveSettings(String instanceId, String agentId, Person.Settings settings) {
        Sql.inTransaction(
                source,
                sql -> sql.update(
                        "UPDATE person SET auto_answer = ?, last_caller = ? WHERE instance_id = ? AND agent_id = ?",
                        settings.autoAnswer(),
                        settings.lastCaller(),
                        instanceId,
                        agentId));
    }

    private static Optional<Person> find(Sql sql, String instanceId, String agentId) {
        return sql.first(SELECT + "WHERE instance_id = ? AND agent_id = ?", People::read, instanceId, agentId);
    }

    private static Person withSettings(Person p, Person.Settings settings) {
        return new Person(
                p.agentId(),
                p.instanceId(),
                p.email(),
                p.mobile(),
                p.realName(),
                p.displayName(),
                p.roles(),
                p.department(),
                p.businessUnit(),
                settings);
    }

    private static Person read(ResultSet row) throws SQLException {
        return new Person(
                row.getString("agent_id"),
                row.getString("instance_id"),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("mobile")),
                row.getString("real_name"),
                row.getString("display_name"),
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::valueOf)
                        .collect(Collectors.toSet()),
                row.getString("department"),
                row.getString("business_unit"),
                new Person.Settings(row.getBoolean("auto_answer"), Optional.ofNullable(row.getString("last_caller"))));
    }
}
