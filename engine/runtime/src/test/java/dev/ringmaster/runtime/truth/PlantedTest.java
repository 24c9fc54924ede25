package dev.ringmaster.runtime.truth;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.runtime.agent.AgentEntity;
import dev.ringmaster.runtime.call.CallEntity;
import dev.ringmaster.runtime.call.FlowShelf;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.cluster.Keys;
import dev.ringmaster.runtime.cluster.NodeConfig;
import dev.ringmaster.runtime.cluster.ShardedPost;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.EdgeActor;
import dev.ringmaster.runtime.edge.EdgeMemory;
import dev.ringmaster.runtime.edge.FixedDirectory;
import dev.ringmaster.runtime.edge.HeldLegs;
import dev.ringmaster.runtime.edge.ScriptedTelephony;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.queue.QueueActor;
import dev.ringmaster.runtime.tenant.SeatsEntity;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.SeatsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// One contradiction of each kind is planted in a running node: false histories in the journal,
/// lost messages, legs that
/// nobody planned. Each is found, and its owner heals it.
class PlantedTest {
    private static final String EDGE = "edge1#1000";
    private static final ActorTestKit ACTORS = ActorTestKit.create(
            NodeConfig.SYSTEM,
            new NodeConfig("test", "", Set.of("edge", "engine", "api"))
                    .load(PersistenceTestKitPlugin.config()
                            .withFallback(PersistenceTestKitSnapshotPlugin.config())
                            .withFallback(ConfigFactory.parseString("pekko.persistence.testkit.events.serialize=off\n"
                                    + "pekko.serialization.jackson.jackson-modules=[]"))));
    private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(ACTORS.system());

    /// Jumps without telling anybody, so that a timer is late.
    private final AtomicReference<Duration> jump = new AtomicReference<>(Duration.ZERO);

    private final NodeClock clock = new NodeClock(() ->
            Instant.parse("2026-11-22T09:00:00Z").plusNanos(System.nanoTime()).plus(jump.get()));
    private final ScriptedTelephony telephony = new ScriptedTelephony(EDGE);
    private final Admission admission = new Admission(Admission.Limits.DEFAULT, System::nanoTime);
    private final EdgeMemory memory = new EdgeMemory(EDGE, admission);
    private final Ledger ledger = new Ledger(System::nanoTime);
    private final TruthBoard board = new TruthBoard(System::nanoTime);
    private final DeafPost post = new DeafPost(
            new ShardedPost(ClusterSharding.get(ACTORS.system())),
            Set.of("torn", "deaf", "fay", "owen", "ida", "rita"));
    private @Nullable ActorRef<EdgeMessage> edgeActor;

    private final Surroundings.EdgeView edges = new Surroundings.EdgeView() {
        @Override
        public void tell(String edge, EdgeMessage message) {
            if (edge.equals(EDGE)) {
                Objects.requireNonNull(edgeActor).tell(message);
            }
        }

        @Override
        public Surroundings.Fate fate(String edge) {
            return Surroundings.Fate.LIVES;
        }

        @Override
        public Optional<String> successor(String lost) {
            return Optional.of(EDGE);
        }
    };

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    @Test
    @Spec({"SYS-001", "SYS-003", "AGT-012", "TEN-013"})
    void a_planted_contradiction_of_each_kind_is_found_and_healed_by_its_owner() {
        start();

        // A timer that never rings: the clock jumps over her deadline and nobody is told.
        var plants = new PlantedHistories(EDGE, clock.instant());
        JOURNAL.persistForRecovery("seats|demo", List.of(held("demo", 100)));
        agent("olga", plants.lost("olga"));
        eventually(() -> assertThat(ledger.agents()).anyMatch(slip -> slip.id().equals("olga") && slip.said() != null));
        jump.set(Duration.ofSeconds(63));

        JOURNAL.persistForRecovery("call|lost", List.copyOf(plants.waits("lost")));
        telephony.hold("never", "leg-never");
        call("torn", plants.waits("torn"));
        heldCall("alone", plants.talks("alone", "zoe"));
        agent("ida", plants.inCall("ida", "ghost"));
        agent("rita", plants.rings("rita", "ghost2"));
        heldCall("deaf", plants.waits("deaf"));
        heldCall("twin", plants.waits("twin"));
        ghostInAnotherQueue("twin");
        agent("fay", plants.free("fay"));
        agent("sue", plants.loggedIn("sue"));
        twoSessions("sue");
        agent("owen", plants.lost("owen"));
        JOURNAL.persistForRecovery(
                "seats|shop",
                List.of(
                        held("ann", 1),
                        new SeatsEvent.SeatTaken("seat-ann", "ann", clock.instant()),
                        new SeatsEvent.SeatTaken("seat-ben", "ben", clock.instant())));
        post.toSeats("shop", new SeatsMessage.WakeUp());

        ACTORS.spawn(Auditor.create(new Auditor.Parts(
                () -> CompletableFuture.completedFuture(
                        new OpenEntities.Open(Set.of("lost"), Set.of("olga"), Set.of())),
                post,
                edges,
                clock,
                System::nanoTime)));

        eventually(() -> assertThat(healed("call|lost")).contains("NOT_LIVE woken"));
        eventually(() -> assertThat(healed("call|never")).contains("LEG_UNPLANNED legClosed"));
        eventually(() -> assertThat(healed("call|torn")).contains("LEG_MISSING legLost"));
        eventually(() -> assertThat(healed("call|alone")).contains("CALL_WITHOUT_AGENT agentReleased"));
        eventually(() -> assertThat(healed("agent|ida")).contains("AGENT_WITHOUT_CALL callFinished"));
        eventually(() -> assertThat(healed("agent|rita")).contains("RING_UNKNOWN offerWithdrawn"));
        eventually(() -> assertThat(healed("call|deaf")).contains("NOT_IN_QUEUE toldAgain"));
        eventually(() -> assertThat(healed("call|twin")).contains("WRONG_QUEUE leftQueue"));
        eventually(() -> assertThat(healed("agent|fay")).contains("FREE_NOT_IN_QUEUE toldAgain"));
        eventually(() -> assertThat(healed("agent|sue")).contains("SECOND_SESSION sessionClosed"));
        eventually(() -> assertThat(healed("agent|olga")).contains("OVERDUE deadlineKept"));
        eventually(() -> assertThat(healed("agent|owen")).contains("OWED_TOO_LONG sentAgain"));
        eventually(() -> assertThat(healed("seats|shop")).contains("SEATS_OVER_GRANTED seatFreed"));

        eventually(() -> {
            var report = board.shown().orElseThrow().report();
            assertThat(report.healedByKind().keySet())
                    .containsAll(Stream.of(Doubt.Kind.values()).map(Enum::name).toList());
            assertThat(report.standing()).isEmpty();
            assertThat(report.compared().get("demo")).isGreaterThan(20);
        });
        assertThat(telephony.held().calls()).noneMatch(held -> held.callId().equals("never"));
        assertThat(JOURNAL.persistedInStorage("call|alone")).anyMatch(CallEvent.AgentReleased.class::isInstance);
        assertThat(JOURNAL.persistedInStorage("agent|olga")).anyMatch(AgentEvent.WorkEnded.class::isInstance);
    }

    private void start() {
        var cluster = Cluster.get(ACTORS.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        // Liveness by leases stands still: here only the auditor shall notice.
        var around = new Surroundings(post, edges, clock, () -> 0L, ledger);
        var flows = new FlowShelf(new FixedDirectory());
        var sharding = ClusterSharding.get(ACTORS.system());
        sharding.init(Entity.of(Keys.CALL, e -> CallEntity.create(e.getEntityId(), e.getShard(), around, flows))
                .withStopMessage(CallMessage.Own.STOP));
        sharding.init(Entity.of(Keys.AGENT, e -> AgentEntity.create(e.getEntityId(), e.getShard(), around))
                .withStopMessage(AgentMessage.Own.STOP));
        sharding.init(Entity.of(Keys.SEATS, e -> SeatsEntity.create(e.getEntityId(), e.getShard(), around))
                .withStopMessage(SeatsMessage.Own.STOP));
        sharding.init(Entity.of(Keys.QUEUE, e -> QueueActor.create(e.getEntityId(), e.getShard(), around))
                .withStopMessage(QueueMessage.Own.STOP));
        edgeActor = ACTORS.spawn(EdgeActor.create(new EdgeActor.Parts(
                telephony,
                memory,
                new FixedDirectory(),
                (_, _, _, _, _, _) -> CompletableFuture.runAsync(() -> {}),
                admission,
                post,
                clock)));
        telephony.listen(memory);
        ACTORS.spawn(TruthTeller.create(new TruthTeller.Parts(
                ledger, () -> Optional.of(HeldLegs.of(telephony, memory)), clock, System::nanoTime, board)));
    }

    private void call(String callId, List<CallEvent> history) {
        JOURNAL.persistForRecovery("call|" + callId, List.copyOf(history));
        post.toCall(callId, new CallMessage.WakeUp());
    }

    private void heldCall(String callId, List<CallEvent> history) {
        telephony.hold(callId, "leg-" + callId);
        call(callId, history);
    }

    private void agent(String agentId, List<AgentEvent> history) {
        JOURNAL.persistForRecovery("agent|" + agentId, List.copyOf(history));
        post.toAgent(agentId, new AgentMessage.WakeUp());
    }

    private SeatsEvent held(String agentId, int granted) {
        return new SeatsEvent.SeatHeld(
                "hold-" + agentId, agentId, granted, clock.instant().plusSeconds(10), clock.instant());
    }

    /// Somebody keeps saying that the call waits where it does not.
    private void ghostInAnotherQueue(String callId) {
        var ghost =
                new CallToQueue.Waits(callId, "demo", new PhoneNumber("138"), clock.instant(), 0, false, 1, Set.of());
        ACTORS.spawn(Behaviors.<String>withTimers(timers -> {
            timers.startTimerWithFixedDelay("again", Duration.ZERO, Duration.ofSeconds(1));
            return Behaviors.receiveMessage(_ -> {
                if (!post.doubted(callId)) {
                    post.toQueue("g-other", new QueueMessage.Waits(ghost));
                }
                return Behaviors.same();
            });
        }));
    }

    private void twoSessions(String agentId) {
        for (var session : List.of("one", "two")) {
            ActorRef<AgentUpdate> watcher = ACTORS.spawn(Behaviors.receiveMessage(update -> {
                if (update.superseded()) {
                    ledger.left(session);
                }
                return Behaviors.same();
            }));
            ledger.sits(new Ledger.Sitting(session, agentId, "demo", 1, () -> {}));
            post.toAgent(agentId, new AgentMessage.Watch(1, -1, watcher));
        }
    }

    private static Set<String> healed(String persistenceId) {
        return JOURNAL.persistedInStorage(persistenceId).stream()
                .map(event -> switch (event) {
                    case CallEvent.TruthHealed e -> e.kind() + " " + e.did();
                    case AgentEvent.TruthHealed e -> e.kind() + " " + e.did();
                    case SeatsEvent.TruthHealed e -> e.kind() + " " + e.did();
                    default -> "";
                })
                .collect(Collectors.toSet());
    }
}
