package dev.ringmaster.runtime.call;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.exchange.RoutingDecision;
import dev.ringmaster.runtime.edge.FixedDirectory;
import dev.ringmaster.runtime.edge.ScriptedTelephony;
import dev.ringmaster.runtime.entity.KeptEdges;
import dev.ringmaster.runtime.entity.KeptPost;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.TestTime;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallEntityTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create(EventSourcedBehaviorTestKit.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.parseString("pekko.actor.provider=local")));
    private static final String EDGE = "edge1#1000";
    private static final CallCommand.Arrive ARRIVE = new CallCommand.Arrive(
            "demo",
            "leg-1",
            EDGE,
            "loopback",
            new PhoneNumber("13800001234"),
            new PhoneNumber(FixedDirectory.SUPPORT_NUMBER),
            Optional.empty(),
            "Hangzhou",
            FixedDirectory.TO_SUPPORT,
            Optional.empty(),
            ScriptedTelephony.dialog("leg-1"));
    private static final RoutingDecision WHY =
            new RoutingDecision("longestIdle", 1, 1, Duration.ofSeconds(3), List.of(), Map.of());

    private final TestTime time = new TestTime();
    private final KeptPost post = new KeptPost();
    private final KeptEdges edges = new KeptEdges();
    private final TestProbe<ClusterSharding.ShardCommand> shard = ACTORS.createTestProbe();
    private final TestProbe<EdgeMessage> edge = ACTORS.createTestProbe();
    private final EventSourcedBehaviorTestKit<CallMessage, CallEvent, Call> call = EventSourcedBehaviorTestKit.create(
            ACTORS.system(),
            CallEntity.create(
                    "call-1",
                    shard.ref(),
                    new Surroundings(post, edges, time.clock, time),
                    new FlowShelf(new FixedDirectory())),
            EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    @BeforeEach
    void it_arrives_and_waits_in_the_queue_of_support() {
        call.runCommand(new CallMessage.Arrived(ARRIVE, edge.ref()));
        assertThat(edge.receiveMessage()).isEqualTo(new EdgeMessage.ArrivalKept("call-1", "leg-1"));
        assertThat(phase()).isEqualTo("QUEUED");
    }

    private String phase() {
        return call.getState().screen().orElseThrow().phase();
    }

    private CallPlan lastPlan() {
        return edges.all(EdgeMessage.CarryOut.class).getLast().plan();
    }

    private void offered() {
        call.runCommand(new CallMessage.FromQueue(new QueueToCall.Offer("support", "t1", "alice", "Alice", WHY)));
        var said = post.all(QueueMessage.Waits.class).getLast().message();
        assertThat(said.offered()).isTrue();
        assertThat(post.all(QueueMessage.OfferAnswer.class))
                .containsExactly(new QueueMessage.OfferAnswer("t1", "call-1", said.order(), null));
    }

    private void talking() {
        offered();
        confirmAll();
        call.runCommand(new CallMessage.Debt(
                Debtor.agent("alice"),
                "answered/t1",
                new AgentToCall.Answered("call-1", "t1", "alice", "Alice", new LineRef(EDGE, "line-1"))));
        assertThat(phase()).isEqualTo("TALKING");
    }

    private void confirmAll() {
        call.getState()
                .owed()
                .forEach(debt -> call.runCommand(new CallMessage.Confirmed(new Confirmation(debt.key(), true, null))));
    }

    private void hangUpByCaller() {
        call.runCommand(
                facts(new CallMessage.Numbered(1000, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)))));
    }

    private CallMessage.Facts facts(CallMessage.Numbered... numbered) {
        return new CallMessage.Facts("leg-1", List.of(numbered), edge.ref());
    }

    @Test
    @Spec("SYS-002")
    void an_arrival_is_journaled_once_and_confirmed_each_time() {
        var events =
                call.runCommand(new CallMessage.Arrived(ARRIVE, edge.ref())).events();
        assertThat(events).isEmpty();
        assertThat(edge.receiveMessage()).isEqualTo(new EdgeMessage.ArrivalKept("call-1", "leg-1"));
    }

    @Test
    void the_plan_goes_to_the_edge_of_the_leg_and_the_place_to_the_queue_each_two_seconds() {
        assertThat(lastPlan().legs().getFirst().signal()).isInstanceOf(CallPlan.Signal.Answer.class);
        assertThat(lastPlan().legs().getFirst().hears()).isEqualTo(new CallPlan.Hears.Music("music"));
        post.clear();
        eventually(() -> assertThat(post.all(QueueMessage.Waits.class)).isNotEmpty());
        assertThat(post.all(QueueMessage.Waits.class).getFirst().message().since())
                .isEqualTo(TestTime.START);
    }

    @Test
    void a_recovered_call_hands_out_its_plan_and_its_place_again() {
        edges.clear();
        post.clear();
        call.restart();

        eventually(() -> assertThat(lastPlan().version()).isEqualTo(seq()));
        assertThat(post.all(QueueMessage.Waits.class)).isNotEmpty();
    }

    private long seq() {
        return call.<CallUpdate>runCommand(replyTo -> new CallMessage.Watch(-1, replyTo))
                .reply()
                .seq();
    }

    @Test
    @Spec({"SYS-002", "HOT-014"})
    void a_ring_is_owed_until_the_agent_has_confirmed_it_also_over_a_restart() {
        offered();
        post.clear();
        call.restart();
        eventually(() -> assertThat(rings()).hasSizeGreaterThan(1));
        assertThat(rings().getFirst().message())
                .isInstanceOfSatisfying(
                        CallToAgent.Ring.class,
                        ring -> assertThat(ring.ringFor()).isEqualTo(Duration.ofSeconds(30)));

        var key = rings().getFirst().key();
        call.runCommand(new CallMessage.Confirmed(new Confirmation(key, true, null)));
        assertThat(call.getState().owed()).noneMatch(debt -> debt.key().equals(key));
    }

    private List<AgentMessage.Debt> rings() {
        return post.all(AgentMessage.Debt.class).stream()
                .filter(debt -> debt.message() instanceof CallToAgent.Ring)
                .toList();
    }

    @Test
    @Spec("SYS-008")
    void a_ring_that_nobody_confirms_is_withdrawn_by_the_calls_own_deadline_after_a_restart() {
        offered();
        call.restart();
        time.pass(Duration.ofSeconds(4));
        eventually(() -> assertThat(phase()).isEqualTo("QUEUED"));
        assertThat(call.getState().waiting(1).orElseThrow().notice().since()).isEqualTo(TestTime.START);
    }

    @Test
    void an_answer_bridges_and_is_confirmed_to_the_agent() {
        talking();
        assertThat(lastPlan().line().orElseThrow().line()).isEqualTo(new LineRef(EDGE, "line-1"));
        assertThat(post.all(AgentMessage.Confirmed.class))
                .contains(new AgentMessage.Confirmed(new Confirmation("answered/t1", true, null)));
    }

    @Test
    void an_answer_for_a_call_that_is_gone_is_refused() {
        offered();
        hangUpByCaller();
        post.clear();
        call.runCommand(new CallMessage.Debt(
                Debtor.agent("alice"),
                "answered/t1",
                new AgentToCall.Answered("call-1", "t1", "alice", "Alice", new LineRef(EDGE, "line-1"))));
        assertThat(post.all(AgentMessage.Confirmed.class))
                .contains(new AgentMessage.Confirmed(new Confirmation("answered/t1", false, "CallGone")));
    }

    @Test
    void facts_are_confirmed_up_to_the_last_and_repeats_change_nothing() {
        var established = new CallMessage.Numbered(1000, new LegFact.Established(ScriptedTelephony.dialog("leg-1")));
        var key = new CallMessage.Numbered(1001, new LegFact.Digit(new Said("1")));
        assertThat(call.runCommand(facts(established, key)).events()).hasSize(2);
        assertThat(edge.receiveMessage()).isEqualTo(new EdgeMessage.FactsKept("call-1", "leg-1", 1001, true));

        assertThat(call.runCommand(facts(established, key)).events()).isEmpty();
        assertThat(edge.receiveMessage()).isEqualTo(new EdgeMessage.FactsKept("call-1", "leg-1", 1001, true));
    }

    @Test
    void facts_of_a_call_that_never_was_are_told_to_be_forgotten() {
        call.clear();
        call.runCommand(facts(new CallMessage.Numbered(1000, new LegFact.Digit(new Said("1")))));
        assertThat(edge.receiveMessage()).isEqualTo(new EdgeMessage.FactsKept("call-1", "leg-1", 0, false));
    }

    @Test
    void an_edge_under_an_older_plan_gets_the_present_one() {
        call.runCommand(new CallMessage.Held(EDGE, 0, Set.of("leg-1"), edge.ref()));
        assertThat(edge.expectMessageClass(EdgeMessage.CarryOut.class).plan()).isEqualTo(lastPlan());
    }

    @Test
    @Spec("SYS-002")
    void a_leg_that_its_edge_no_longer_holds_ends_the_call_as_lost() {
        var version = lastPlan().version();
        for (var report = 0; report < 3; report++) {
            assertThat(phase()).isEqualTo("QUEUED");
            call.runCommand(new CallMessage.Held(EDGE, version, Set.of(), edge.ref()));
        }
        assertThat(phase()).isEqualTo("ENDED");
    }

    @Test
    void a_call_whose_edge_is_gone_is_closed_and_the_next_edge_says_bye() {
        edges.lose(EDGE);
        call.runCommand(CallMessage.Own.TICK);
        assertThat(phase()).isEqualTo("ENDED");
        assertThat(lastPlan().legs().getFirst().edge()).isEqualTo("edge-after-" + EDGE);
        assertThat(lastPlan().legs().getFirst().signal()).isInstanceOf(CallPlan.Signal.Close.class);
        assertThat(lastPlan().legs().getFirst().dialog()).isPresent();
    }

    @Test
    void leaving_the_queue_is_owed() {
        hangUpByCaller();
        assertThat(post.all(QueueMessage.Debt.class))
                .anyMatch(debt -> debt.message() instanceof CallToQueue.Left left
                        && left.callId().equals("call-1"));
    }

    @Test
    void a_button_is_done_once_and_repeats_get_the_same_answer() {
        talking();
        var first = hold("h1");
        var resumed = call.<Reply>runCommand(
                        replyTo -> new CallMessage.Ask("r1", new CallCommand.Resume("alice"), replyTo))
                .reply();
        assertThat(hold("h1")).isEqualTo(first);
        assertThat(resumed).isInstanceOf(Reply.Done.class);
        assertThat(phase()).isEqualTo("TALKING");
    }

    private Reply hold(String id) {
        return call.<Reply>runCommand(replyTo -> new CallMessage.Ask(id, new CallCommand.Hold("alice"), replyTo))
                .reply();
    }

    @Test
    @Spec({"SYS-002", "HOT-014"})
    void a_call_that_was_looked_for_before_it_was_born_tells_its_queue_again_and_again() {
        var late = ACTORS.spawn(CallEntity.create(
                "call-2",
                shard.ref(),
                new Surroundings(post, edges, time.clock, time),
                new FlowShelf(new FixedDirectory())));
        late.tell(new CallMessage.WakeUp());
        late.tell(CallMessage.Own.TICK);
        late.tell(new CallMessage.Arrived(ARRIVE, edge.ref()));
        edge.expectMessage(new EdgeMessage.ArrivalKept("call-2", "leg-1"));

        eventually(() -> assertThat(post.all(QueueMessage.Waits.class).stream()
                        .filter(waits -> waits.message().callId().equals("call-2")))
                .hasSizeGreaterThan(3));
        ACTORS.stop(late);
    }

    @Test
    @Spec("SYS-002")
    void an_edge_that_this_node_had_not_seen_yet_gets_its_plan_as_soon_as_it_is_seen() {
        edges.hide(EDGE);
        talking();
        edges.show(EDGE);
        edges.clear();
        call.runCommand(CallMessage.Own.TICK);

        assertThat(lastPlan().line()).isPresent();
    }

    @Test
    @Spec({"SYS-002", "HOT-021"})
    void a_deadline_comes_true_although_the_flow_could_not_be_read_when_it_was_due() {
        var menu = new MenuDirectory();
        var before = ACTORS.spawn(CallEntity.create(
                "call-3", shard.ref(), new Surroundings(post, edges, time.clock, time), new FlowShelf(menu)));
        before.tell(new CallMessage.Arrived(MenuDirectory.arrive(ARRIVE), edge.ref()));
        edge.expectMessage(new EdgeMessage.ArrivalKept("call-3", "leg-1"));
        before.tell(facts(new CallMessage.Numbered(1000, new LegFact.PromptEnded(1, Duration.ofSeconds(1), true))));
        edge.expectMessage(new EdgeMessage.FactsKept("call-3", "leg-1", 1000, true));
        ACTORS.stop(before);

        time.pass(Duration.ofSeconds(10));
        menu.failsTimes.set(1);
        var after = ACTORS.spawn(CallEntity.create(
                "call-3", shard.ref(), new Surroundings(post, edges, time.clock, time), new FlowShelf(menu)));
        eventually(() -> assertThat(edges.all(EdgeMessage.CarryOut.class)
                        .getLast()
                        .plan()
                        .legs()
                        .getFirst()
                        .hears())
                .isEqualTo(new CallPlan.Hears.Prompt(2, List.of("menu"))));
        ACTORS.stop(after);
    }

    @Test
    void watchers_see_the_screen_at_once_and_after_changes() {
        var page = ACTORS.<CallUpdate>createTestProbe();
        call.runCommand(new CallMessage.Watch(-1, page.ref()));
        assertThat(page.receiveMessage().screen().orElseThrow().phase()).isEqualTo("QUEUED");
        hangUpByCaller();
        assertThat(page.receiveMessage().screen().orElseThrow().phase()).isEqualTo("ENDED");
    }

    @Test
    @Spec("SYS-002")
    void what_nobody_waits_for_is_written_together_and_confirmed_then() {
        talking();
        hangUpByCaller();
        var owed = call.getState().owed().size();
        assertThat(owed).isPositive();
        confirmAll();
        var sealed = new LegFact.RecordingSealed("rec-1", "rec-1.wav", Duration.ZERO, Duration.ofSeconds(1), 1);
        call.runCommand(facts(new CallMessage.Numbered(1001, sealed)));
        assertThat(call.getState().owed()).hasSize(owed);
        edge.expectMessage(new EdgeMessage.FactsKept("call-1", "leg-1", 1000, true));
        edge.expectNoMessage();

        var written = call.runCommand(CallMessage.Own.LATER).events();
        assertThat(written).hasSize(owed + 1).last().isInstanceOf(CallEvent.RecordingSealed.class);
        assertThat(call.getState().owed()).isEmpty();
        edge.expectMessage(new EdgeMessage.FactsKept("call-1", "leg-1", 1001, true));
    }

    @Test
    @Spec("SYS-002")
    void what_could_wait_goes_with_the_next_write() {
        talking();
        confirmAll();
        var written = call.runCommand(facts(
                        new CallMessage.Numbered(1000, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)))))
                .events();
        assertThat(written).hasAtLeastOneElementOfType(CallEvent.DebtPaid.class);
        assertThat(written.getFirst()).isInstanceOf(CallEvent.LegEnded.class);
    }

    @Test
    void a_call_that_is_over_and_owes_nothing_goes_to_sleep() {
        hangUpByCaller();
        confirmAll();
        call.runCommand(CallMessage.Own.LATER);
        assertThat(call.getState().open()).isFalse();
        for (var tick = 0; tick < 12; tick++) {
            call.runCommand(CallMessage.Own.TICK);
        }
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }
}
