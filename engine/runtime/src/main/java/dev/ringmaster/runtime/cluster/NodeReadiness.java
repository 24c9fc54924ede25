package dev.ringmaster.runtime.cluster;

import dev.ringmaster.port.DatabaseClock;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.wire.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/// Looks every second whether this node can take calls: it is in the cluster, an entity has been
/// recovered once through sharding and the
/// journal, its clock agrees with the database's, and (on an edge) its own edge is registered.
public final class NodeReadiness implements Readiness {
    /// Two nodes may then differ by a second at most; ring and wrap-up times are counted in tens of them.
    static final Duration CLOCK_MAY_DIFFER = Duration.ofMillis(500);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration COMPARE_CLOCKS_EVERY = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Question question;
    private final DatabaseClock databaseClock;
    private final NodeClock clock;
    private final BooleanSupplier ownEdgeIsHere;
    private final String probe;
    private volatile boolean warm;
    private volatile boolean probing;
    private volatile String clockProblem = "the clock has not been compared with the database's yet";

    private NodeReadiness(
            ActorSystem<?> system,
            Question question,
            DatabaseClock databaseClock,
            NodeClock clock,
            BooleanSupplier ownEdgeIsHere) {
        this.cluster = Cluster.get(system);
        this.question = question;
        this.databaseClock = databaseClock;
        this.clock = clock;
        this.ownEdgeIsHere = ownEdgeIsHere;
        this.probe = "warm-up-" + cluster.selfMember().uniqueAddress().longUid();
    }

    /// @param ownEdgeIsHere true when this node has no edge, or it is registered
    public static Readiness watch(
            ActorSystem<?> system,
            Question question,
            DatabaseClock databaseClock,
            NodeClock clock,
            BooleanSupplier ownEdgeIsHere) {
        var readiness = new NodeReadiness(system, question, databaseClock, clock, ownEdgeIsHere);
        var scheduler = system.scheduler();
        var executor = system.executionContext();
        scheduler.scheduleWithFixedDelay(Duration.ZERO, LOOK_EVERY, readiness::warmUp, executor);
        scheduler.scheduleWithFixedDelay(Duration.ZERO, COMPARE_CLOCKS_EVERY, readiness::compareClocks, executor);
        return readiness;
    }

    @Override
    public List<String> missing() {
        var missing = new ArrayList<String>();
        if (!up()) {
            missing.add(
                    "not a member of the cluster yet: " + cluster.selfMember().status());
        } else if (!warm) {
            missing.add("no entity has answered yet");
        }
        if (!clockProblem.isEmpty()) {
            missing.add(clockProblem);
        }
        if (!ownEdgeIsHere.getAsBoolean()) {
            missing.add("the edge is not registered yet");
        }
        return List.copyOf(missing);
    }

    private boolean up() {
        return cluster.selfMember().status().equals(MemberStatus.up());
    }

    /// An agent that nobody is: its recovery goes through sharding and the journal and leaves nothing behind.
    private void warmUp() {
        if (!warm && !probing && up()) {
            probing = true;
            question.lineHome(probe, 0).whenComplete((home, _) -> {
                probing = false;
                warm = home != null;
            });
        }
    }

    private void compareClocks() {
        var before = clock.machine();
        databaseClock.now().whenComplete((database, failure) -> {
            if (database == null) {
                clockProblem = "the database does not tell the time: " + failure;
            } else {
                var apart = apart(before, clock.machine(), database);
                clockProblem = apart.compareTo(CLOCK_MAY_DIFFER) <= 0
                        ? ""
                        : "the clock is " + apart.toMillis() + " ms off the database's";
            }
        });
    }

    /// How far the database is outside of the time in which we asked it.
    static Duration apart(Instant asked, Instant answered, Instant database) {
        if (database.isBefore(asked)) {
            return Duration.between(database, asked);
        }
        return database.isAfter(answered) ? Duration.between(answered, database) : Duration.ZERO;
    }
}
