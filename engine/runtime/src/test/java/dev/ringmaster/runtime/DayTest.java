package dev.ringmaster.runtime;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.agent.BreakReason;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.cluster.NodeConfig;
import dev.ringmaster.runtime.cluster.ShardedPost;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.FixedDirectory;
import dev.ringmaster.runtime.edge.Lines;
import dev.ringmaster.runtime.edge.ScriptedTelephony;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One node with everything but wires and a database: a scripted telephone, real sharding, a journal in memory.
class DayTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create(
            NodeConfig.SYSTEM,
            new NodeConfig("test", "", Set.of("edge", "engine", "api"))
                    .load(PersistenceTestKitPlugin.config()
                            .withFallback(PersistenceTestKitSnapshotPlugin.config())
                            // One node: nothing is serialized, and the module that could is not on this class path.
                            .withFallback(ConfigFactory.parseString("pekko.persistence.testkit.events.serialize=off\n"
                                    + "pekko.serialization.jackson.jackson-modules=[]"))));
    private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(ACTORS.system());
    private static final NodeClock CLOCK = new NodeClock(InstantSource.system());
    private static final ScriptedTelephony TELEPHONY = new ScriptedTelephony("edge1#1000");
    private static final Engine ENGINE = Engine.start(
            ACTORS.system(),
            new Engine.Parts(
                    CLOCK,
                    new FixedDirectory(),
                    (_, _, _, _, _, _) -> CompletableFuture.runAsync(() -> {}),
                    () -> CompletableFuture.completedFuture(new OpenEntities.Open(Set.of(), Set.of(), Set.of())),
                    () -> CompletableFuture.completedFuture(CLOCK.machine()),
                    Optional.of(TELEPHONY),
                    Admission.Limits.DEFAULT));
    private static final AtomicLong LEGS = new AtomicLong();

    @BeforeAll
    static void ready() {
        eventually(() -> assertThat(ENGINE.readiness().missing()).isEmpty());
    }

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    private static <T> T of(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }

    /// A browser: it holds its session and remembers what it was shown.
    private static final class Page {
        final String agentId;
        final long fence;
        final List<AgentUpdate> updates = new CopyOnWriteArrayList<>();
        final List<CallUpdate> calls = new CopyOnWriteArrayList<>();
        LineRef line = new LineRef("", "");
        private final ActorRef<AgentUpdate> watcher;
        private final ActorRef<CallUpdate> callWatcher;

        Page(String agentId) {
            this.agentId = agentId;
            var profile = new AgentProfile("demo", agentId, List.of(new AgentProfile.Group("support", "Support")));
            var reply = of(ENGINE.agents()
                    .ask(
                            agentId,
                            "open",
                            new AgentCommand.OpenSession("s-" + agentId, profile, Optional.empty(), "h", false)));
            fence = Long.parseLong(((Reply.Done) reply).result().get("fence"));
            watcher = ACTORS.spawn(Behaviors.receive((_, update) -> {
                updates.add(update);
                return Behaviors.same();
            }));
            callWatcher = ACTORS.spawn(Behaviors.receive((_, update) -> {
                calls.add(update);
                return Behaviors.same();
            }));
        }

        void alive() {
            ENGINE.agents()
                    .watch(
                            agentId,
                            fence,
                            updates.isEmpty() ? -1 : updates.getLast().seq(),
                            watcher);
        }

        void work() {
            alive();
            var opened = of(ENGINE.lines().open(agentId, fence, "offer"));
            line = ((Lines.Opened.Line) opened).answer().line();
            TELEPHONY.lineUp(line);
            assertThat(of(ENGINE.agents().startWork("demo", agentId, fence, "start")))
                    .isInstanceOf(Reply.Done.class);
        }

        void shows(String state) {
            eventually(() -> {
                alive();
                assertThat(updates.getLast().screen().state()).isEqualTo(state);
            });
        }

        String callId() {
            return updates.getLast().screen().callId().orElseThrow();
        }

        void showsCall(String phase) {
            eventually(() -> {
                ENGINE.calls().watch(callId(), -1, callWatcher);
                assertThat(calls.getLast().screen().orElseThrow().phase()).isEqualTo(phase);
            });
        }

        Reply ask(String id, AgentCommand command) {
            return of(ENGINE.agents().ask(agentId, id, command));
        }

        Reply control(String id, CallCommand.Control control) {
            return of(ENGINE.calls().control(agentId, fence, id, callId(), control));
        }
    }

    private static CallPlan plan(String callId) {
        var plan = TELEPHONY.plans().get(callId);
        if (plan == null) {
            throw new AssertionError("no plan of " + callId);
        }
        return plan;
    }

    private static List<String> journalOf(String persistenceId) {
        return JOURNAL.persistedInStorage(persistenceId).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    private static String inviteToSupport(String from) {
        var leg = "leg-" + LEGS.incrementAndGet();
        TELEPHONY.invite(leg, from, FixedDirectory.SUPPORT_NUMBER);
        return leg;
    }

    @Test
    @Spec({"SYS-001", "SYS-002", "HOT-014", "AGT-006", "AGT-007"})
    void a_customer_calls_an_agent_answers_they_talk_and_the_customer_hangs_up() {
        var alice = new Page("alice");
        alice.work();
        alice.shows("IDLE");

        var leg = inviteToSupport("13800001234");
        alice.shows("RINGING");
        var callId = alice.callId();
        assertThat(callId).startsWith("call-");
        assertThat(alice.updates.getLast().screen().card().orElseThrow().from())
                .isEqualTo(new PhoneNumber("13800001234"));

        assertThat(alice.ask("answer", new AgentCommand.Answer(alice.fence, callId)))
                .isInstanceOf(Reply.Done.class);
        alice.shows("IN_CALL");
        alice.showsCall("TALKING");
        // Two keys to an ear: the call's plan names her line, and her line's plan names the call.
        eventually(() -> assertThat(plan(callId).line().orElseThrow().line()).isEqualTo(alice.line));
        eventually(() ->
                assertThat(TELEPHONY.plan(alice.line).orElseThrow().callId()).contains(callId));

        assertThat(alice.control("hold", new CallCommand.Hold("alice"))).isInstanceOf(Reply.Done.class);
        alice.showsCall("HELD");
        assertThat(alice.control("resume", new CallCommand.Resume("alice"))).isInstanceOf(Reply.Done.class);
        alice.showsCall("TALKING");

        TELEPHONY.fact(callId, leg, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)));
        alice.shows("ACW");
        assertThat(journalOf("call|" + callId))
                .contains("CallArrived", "CallQueued", "CallOffered", "AgentConnected", "CallHeld", "CallEnded");

        alice.ask("note", new AgentCommand.SaveNote(alice.fence, callId, "question", "solved", new Said("fine")));
        alice.ask("on", new AgentCommand.ContinueWork(alice.fence));
        alice.shows("IDLE");
        of(ENGINE.agents().ask("alice", new AgentCommand.GoOffWork(alice.fence)));
        eventually(() ->
                assertThat(TELEPHONY.plan(alice.line).orElseThrow().keep()).isFalse());
    }

    @Test
    @Spec({"HOT-015", "HOT-014"})
    void a_caller_who_gives_up_in_the_queue_leaves_it() {
        var bob = new Page("bob");
        bob.work();
        bob.ask("pause", new AgentCommand.TakeBreak(bob.fence, BreakReason.MEAL));
        var leg = inviteToSupport("13800005678");
        eventually(() -> assertThat(support().waiting()).isEqualTo(1));
        var callId = support().callers().getFirst().callId();

        TELEPHONY.fact(callId, leg, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)));
        eventually(() -> assertThat(support().waiting()).isZero());
        assertThat(JOURNAL.persistedInStorage("call|" + callId))
                .anyMatch(event -> event instanceof CallEvent.CallEnded);
        of(ENGINE.agents().ask("bob", new AgentCommand.GoOffWork(bob.fence)));
    }

    private static QueueBoard support() {
        return of(ENGINE.queues().look("support"));
    }

    @Test
    @Spec("AGT-032")
    void an_agent_dials_out_with_her_number_and_is_told_when_nobody_can_be_reached() {
        var carol = new Page("carol");
        carol.work();
        var reply = of(ENGINE.agents()
                .dial(
                        "demo",
                        "carol",
                        carol.fence,
                        "d1",
                        new PhoneNumber("13900001111"),
                        Optional.empty(),
                        new Said(""),
                        "dialPad"));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        done -> assertThat(done.result()).isEqualTo(Map.of("callId", "call-carol-d1")));
        carol.shows("DIALING");
        eventually(() -> assertThat(plan("call-carol-d1").legs().getFirst().signal())
                .isInstanceOf(CallPlan.Signal.Invite.class));

        var leg = plan("call-carol-d1").legs().getFirst().legId();
        TELEPHONY.fact("call-carol-d1", leg, new LegFact.Ended(new LegEnd(LegEnd.How.REFUSED, 486, 0)));
        carol.shows("IDLE");

        var refused = of(ENGINE.agents()
                .dial(
                        "demo",
                        "carol",
                        carol.fence,
                        "d2",
                        new PhoneNumber("13900001111"),
                        Optional.of(new PhoneNumber("057199999999")),
                        new Said(""),
                        "dialPad"));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo("CallerNotAllowed"));
        of(ENGINE.agents().ask("carol", new AgentCommand.GoOffWork(carol.fence)));
    }

    @Test
    @Spec({"SYS-001", "HOT-014"})
    void a_queue_that_dies_is_filled_again_by_its_calls_and_everybody_keeps_the_place() {
        var erin = new Page("erin");
        erin.work();
        erin.ask("pause", new AgentCommand.TakeBreak(erin.fence, BreakReason.REST));
        var first = inviteToSupport("13800000001");
        eventually(() -> assertThat(support().waiting()).isEqualTo(1));
        var second = inviteToSupport("13800000002");
        eventually(() -> assertThat(support().waiting()).isEqualTo(2));
        var before = support().callers();

        new ShardedPost(ClusterSharding.get(ACTORS.system())).toQueue("support", QueueMessage.Own.STOP);
        eventually(() -> assertThat(support().filling()).isTrue());
        eventually(() -> {
            assertThat(support().filling()).isFalse();
            assertThat(support().callers()).isEqualTo(before);
        });

        erin.ask("back", new AgentCommand.ContinueWork(erin.fence));
        erin.shows("RINGING");
        assertThat(erin.callId()).isEqualTo(before.getFirst().callId());
        for (var leg : List.of(first, second)) {
            var callId = before.get(leg.equals(first) ? 0 : 1).callId();
            TELEPHONY.fact(callId, leg, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)));
        }
        erin.shows("IDLE");
        of(ENGINE.agents().ask("erin", new AgentCommand.GoOffWork(erin.fence)));
    }

    @Test
    @Spec({"AGT-006", "SYS-008"})
    void an_agent_who_does_not_answer_is_in_break_and_the_caller_keeps_waiting() {
        var dora = new Page("dora");
        dora.work();
        var leg = inviteToSupport("13800009999");
        dora.shows("RINGING");
        var callId = dora.callId();

        // Her ring time, not a second less: the clock of the node is moved, nobody waits.
        CLOCK.shiftTo(CLOCK.shift().plus(Duration.ofSeconds(31)));
        dora.shows("BREAK");
        eventually(() -> assertThat(support().callers().stream().map(QueueBoard.Caller::callId))
                .contains(callId));

        TELEPHONY.fact(callId, leg, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)));
        of(ENGINE.agents().ask("dora", new AgentCommand.GoOffWork(dora.fence)));
    }
}
