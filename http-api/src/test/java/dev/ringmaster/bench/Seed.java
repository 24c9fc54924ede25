package dev.ringmaster.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.persistence.tenant.Flows;
import dev.ringmaster.persistence.tenant.Group;
import dev.ringmaster.persistence.tenant.Groups;
import dev.ringmaster.persistence.tenant.HotlineNumber;
import dev.ringmaster.persistence.tenant.Instance;
import dev.ringmaster.persistence.tenant.Instances;
import dev.ringmaster.persistence.tenant.Numbers;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.Person;
import dev.ringmaster.persistence.tenant.Role;
import dev.ringmaster.persistence.tenant.Trunks;
import dev.ringmaster.tenant.Trunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/// Writes an instance of many agents into the database of a running node, with a login session for each of them: a
/// thousand logins would be a thousand password hashes. Agent `n` is in group `n mod groups`; the number `3000 + g`
/// leads at once to the queue of group `g`.
public final class Seed {
    /// Id and address of the instance.
    static final String INSTANCE = "ccc_load_00000001";

    static final String ADDRESS = "load";
    /// Its block is narrower than that of any other line of a demo node, so that callers of any port come over it.
    private static final String TRUNK = "trk_load";
    private static final String BY = "load";

    private final DataSource source;
    private final Clock clock = Clock.systemUTC();

    private Seed(DataSource source) {
        this.source = source;
    }

    /// @param args folder of the node's data, agents, groups, the file that gets one line `agent token` each
    public static void main(String[] args) throws Exception {
        var agents = Integer.parseInt(args[1]);
        var groups = Integer.parseInt(args[2]);
        try (var pool = new HikariDataSource(database(Path.of(args[0])))) {
            Files.write(Path.of(args[3]), new Seed(pool).write(agents, groups));
        }
    }

    private static HikariConfig database(Path data) throws IOException {
        var config = new HikariConfig();
        var outside = System.getenv("RINGMASTER_DATABASE");
        if (outside != null && !outside.isEmpty()) {
            config.setJdbcUrl(outside);
        } else {
            var port =
                    Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
            config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port.strip() + "/ringmaster");
            config.setUsername("ringmaster");
            config.setPassword(
                    Files.readString(data.resolve("secrets/database-password")).strip());
        }
        config.setMaximumPoolSize(2);
        return config;
    }

    private List<String> write(int agents, int groups) throws SQLException {
        new Instances(source, clock).save(new Instance(INSTANCE, ADDRESS, "Load", ZoneOffset.UTC, agents + 10, 0), BY);
        new Trunks(source, clock)
                .save(
                        new Trunk(
                                TRUNK,
                                INSTANCE,
                                "load",
                                "127.0.0.1:6069",
                                List.of("127.0.0.1/32"),
                                List.of("PCMU", "PCMA"),
                                100_000,
                                "RFC4733",
                                1),
                        BY);
        var people = new People(source, clock);
        for (var n = 0; n < agents; n++) {
            people.save(person(n), BY);
        }
        for (var g = 0; g < groups; g++) {
            group(g, agents, groups);
        }
        return sessions(agents);
    }

    private static String agent(int n) {
        return "usr_load_%04d".formatted(n);
    }

    private static Person person(int n) {
        return new Person(
                agent(n),
                INSTANCE,
                Optional.of("agent%d@load.example".formatted(n)),
                Optional.empty(),
                "Agent " + n,
                "Agent " + n,
                Set.of(Role.AGENT),
                "",
                "",
                Person.Settings.DEFAULT);
    }

    private void group(int g, int agents, int groups) {
        var id = "grp_load_%03d".formatted(g);
        var flowId = "ivr_load_%03d".formatted(g);
        var all = new Groups(source, clock);
        all.save(new Group(id, INSTANCE, "Group " + g, "Group " + g), BY);
        var members = new HashSet<String>();
        for (var n = g; n < agents; n += groups) {
            members.add(agent(n));
        }
        all.setMembers(INSTANCE, id, members, BY);
        var queue =
                new IvrFlow.ToGroup("queue", id, "Group " + g, 5, "music/waiting", List.of(), Duration.ofSeconds(30));
        var flow = new IvrFlow(flowId, 1, "To group " + g, "queue", List.of(queue));
        if (new Flows(source, clock).publish(INSTANCE, flow, BY) instanceof Flows.Publication.Refused(var why)) {
            throw new IllegalStateException(why.message());
        }
        new Numbers(source, clock)
                .save(
                        new HotlineNumber(
                                Integer.toString(3_000 + g),
                                INSTANCE,
                                TRUNK,
                                "Group " + g,
                                "",
                                Optional.of(flowId),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Optional.empty()),
                        BY);
    }

    private List<String> sessions(int agents) throws SQLException {
        var random = new SecureRandom();
        var lines = new ArrayList<String>();
        var now = Timestamp.from(clock.instant());
        try (var connection = source.getConnection();
                var insert = connection.prepareStatement(
                        "INSERT INTO login_session (token_hash, instance_id, agent_id, opened_at, last_seen_at) VALUES (?, ?, ?, ?, ?)")) {
            for (var n = 0; n < agents; n++) {
                var bytes = new byte[32];
                random.nextBytes(bytes);
                var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                insert.setBytes(1, sha256(token));
                insert.setString(2, INSTANCE);
                insert.setString(3, agent(n));
                insert.setTimestamp(4, now);
                insert.setTimestamp(5, now);
                insert.addBatch();
                lines.add(agent(n) + " " + token);
            }
            insert.executeBatch();
        }
        return lines;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
