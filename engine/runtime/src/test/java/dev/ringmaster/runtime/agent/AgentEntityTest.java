package dev.ringmaster.runtime.agent;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.agent.BreakReason;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.runtime.entity.KeptEdges;
import dev.ringmaster.runtime.entity.KeptPost;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.TestTime;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentEntityTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create(EventSourcedBehaviorTestKit.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.parseString("pekko.actor.provider=local")));
    private static final LineRef LINE = new LineRef("edge1#1", "line-1");
    private static final CallCard CARD = new CallCard(
            "call-7",
            Direction.INBOUND,
            new PhoneNumber("13800001234"),
            new PhoneNumber("4001000002"),
            Optional.empty(),
            "",
            List.of(),
            "support",
            "Support",
            "longest idle of 1",
            Duration.ofSeconds(3),
            new Said(""),
            true);

    private final TestTime time = new TestTime();
    private final KeptPost post = new KeptPost();
    private final KeptEdges edges = new KeptEdges();
    private final TestProbe<ClusterSharding.ShardCommand> shard = ACTORS.createTestProbe();
    private final TestProbe<EdgeMessage> edge = ACTORS.createTestProbe();
    private final EventSourcedBehaviorTestKit<AgentMessage, AgentEvent, Agent> alice =
            EventSourcedBehaviorTestKit.create(
                    ACTORS.system(),
                    AgentEntity.create("alice", shard.ref(), new Surroundings(post, edges, time.clock, time)),
                    EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    @BeforeEach
    void on_duty_with_a_line() {
        var profile = new AgentProfile("demo", "Alice", List.of(new AgentProfile.Group("support", "Support")));
        assertThat(ask("open", new AgentCommand.OpenSession("s1", profile, Optional.empty(), "h1", false)))
                .isEqualTo(new Reply.Done(Map.of("fence", "1"), 1));
        alice.runCommand(new AgentMessage.LineHeld(1, LINE, true, edge.ref()));
        ask("start", new AgentCommand.StartWork(1, "seat-1"));
        assertThat(stateName()).isEqualTo("IDLE");
    }

    private Reply ask(String id, AgentCommand command) {
        return alice.<Reply>runCommand(replyTo -> new AgentMessage.Ask(id, command, replyTo))
                .reply();
    }

    private String stateName() {
        return alice.getState().screen().state();
    }

    private void ring() {
        alice.runCommand(new AgentMessage.FromQueue(
                "support", new QueueToAgent.Reserve("t1", "call-7", "support", Duration.ofSeconds(2))));
        alice.runCommand(new AgentMessage.Debt(
                Debtor.call("call-7"), "ring/t1", new CallToAgent.Ring("call-7", "t1", Duration.ofSeconds(30), CARD)));
        assertThat(stateName()).isEqualTo("RINGING");
    }

    @Test
    @Spec("HOT-014")
    void tells_her_queues_that_she_is_free_on_the_change_and_again_as_a_lease() {
        assertThat(post.all(QueueMessage.AgentTells.class).getLast().notice().free())
                .isTrue();
        post.clear();
        eventually(() -> assertThat(post.all(QueueMessage.AgentTells.class)).isNotEmpty());
    }

    @Test
    void answers_a_reservation_and_refuses_a_second_one() {
        ring();
        alice.runCommand(new AgentMessage.FromQueue(
                "support", new QueueToAgent.Reserve("t2", "call-8", "support", Duration.ofSeconds(2))));

        assertThat(post.all(QueueMessage.ReserveAnswer.class))
                .containsExactly(
                        new QueueMessage.ReserveAnswer("t1", "alice", null),
                        new QueueMessage.ReserveAnswer("t2", "alice", "RINGING"));
        assertThat(post.all(CallMessage.Confirmed.class))
                .containsExactly(new CallMessage.Confirmed(new Confirmation("ring/t1", true, null)));
    }

    @Test
    @Spec({"AGT-013", "AGT-006", "SYS-008"})
    void a_restart_while_it_rings_keeps_the_remaining_ring_time() {
        ring();
        time.pass(Duration.ofSeconds(20));
        alice.restart();
        time.pass(Duration.ofSeconds(9));
        assertThat(stateName()).isEqualTo("RINGING");

        time.pass(Duration.ofSeconds(1));
        eventually(() -> assertThat(stateName()).isEqualTo("BREAK"));
        assertThat(alice.getState().screen().cause()).isEqualTo("noAnswer");
    }

    @Test
    @Spec("AGT-013")
    void a_deadline_that_passed_while_she_was_down_is_due_after_the_restart() {
        var rangAt = TestTime.START.minus(Duration.ofSeconds(40));
        var profile = new AgentProfile("demo", "Alice", List.of(new AgentProfile.Group("support", "Support")));
        alice.initialize(
                new AgentEvent.SessionOpened(1, "s1", profile, "h1", false, rangAt),
                new AgentEvent.LineOpened(1, LINE, rangAt),
                new AgentEvent.WorkStarted("seat-1", rangAt),
                new AgentEvent.Reserved("t1", "call-7", "support", rangAt.plusSeconds(2), rangAt),
                new AgentEvent.OfferReceived("call-7", "t1", CARD, rangAt.plusSeconds(30), rangAt));

        eventually(() -> assertThat(stateName()).isEqualTo("BREAK"));
    }

    @Test
    @Spec({"SYS-002", "AGT-013"})
    void what_she_owes_is_said_again_after_a_restart_and_each_second_until_it_is_confirmed() {
        ring();
        time.pass(Duration.ofSeconds(31));
        eventually(() -> assertThat(missed()).isNotEmpty());

        post.clear();
        alice.restart();
        eventually(() -> assertThat(missed()).hasSizeGreaterThan(1));

        var key = missed().getFirst().key();
        alice.runCommand(new AgentMessage.Confirmed(new Confirmation(key, true, null)));
        assertThat(alice.getState().owed().stream().map(o -> o.key())).doesNotContain(key);
    }

    private List<CallMessage.Debt> missed() {
        return post.all(CallMessage.Debt.class).stream()
                .filter(debt -> debt.message() instanceof AgentToCall.Missed)
                .toList();
    }

    @Test
    void a_pressed_answer_is_answered_when_the_call_has_agreed() {
        ring();
        var page = ACTORS.<Reply>createTestProbe();
        alice.runCommand(new AgentMessage.Ask("press", new AgentCommand.Answer(1, "call-7"), page.ref()));
        page.expectNoMessage(Duration.ofMillis(200));
        var debt = post.all(CallMessage.Debt.class).getLast();
        assertThat(debt.message()).isEqualTo(new AgentToCall.Answered("call-7", "t1", "alice", "Alice", LINE));

        alice.runCommand(new AgentMessage.Confirmed(new Confirmation(debt.key(), true, null)));
        assertThat(page.receiveMessage()).isInstanceOf(Reply.Done.class);
    }

    @Test
    void a_pressed_answer_is_refused_when_the_caller_was_faster() {
        ring();
        var page = ACTORS.<Reply>createTestProbe();
        alice.runCommand(new AgentMessage.Ask("press", new AgentCommand.Answer(1, "call-7"), page.ref()));
        var debt = post.all(CallMessage.Debt.class).getLast();

        alice.runCommand(new AgentMessage.Confirmed(new Confirmation(debt.key(), false, "CallGone")));
        assertThat(page.receiveMessage())
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("CallGone"));
    }

    @Test
    void the_same_command_id_is_done_once_and_gets_the_same_answer() {
        var first = ask("pause", new AgentCommand.TakeBreak(1, BreakReason.MEAL));
        var seq = ((Reply.Done) first).seq();
        ask("back", new AgentCommand.ContinueWork(1));

        assertThat(ask("pause", new AgentCommand.TakeBreak(1, BreakReason.MEAL)))
                .isEqualTo(first);
        assertThat(stateName()).isEqualTo("IDLE");
        assertThat(seq).isLessThan(((Reply.Done) ask("note", new AgentCommand.SetAutoAnswer(1, true))).seq());
    }

    @Test
    @Spec("AGT-012")
    void a_newer_session_is_told_to_the_older_watcher_and_older_commands_are_refused() {
        var older = ACTORS.<AgentUpdate>createTestProbe();
        alice.runCommand(new AgentMessage.Watch(1, -1, older.ref()));
        assertThat(older.receiveMessage().superseded()).isFalse();

        var profile = new AgentProfile("demo", "Alice", List.of(new AgentProfile.Group("support", "Support")));
        ask("again", new AgentCommand.OpenSession("s2", profile, Optional.empty(), "h2", true));

        assertThat(older.receiveMessage().superseded()).isTrue();
        assertThat(ask("late", new AgentCommand.GoOffWork(1)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("SessionSuperseded"));
    }

    @Test
    @Spec("SYS-006")
    void updates_are_chained_by_number_so_that_a_gap_is_seen() {
        var page = ACTORS.<AgentUpdate>createTestProbe();
        alice.runCommand(new AgentMessage.Watch(1, -1, page.ref()));
        var snapshot = page.receiveMessage();
        ask("pause", new AgentCommand.TakeBreak(1, BreakReason.REST));
        var change = page.receiveMessage();
        ask("back", new AgentCommand.ContinueWork(1));

        assertThat(snapshot.from()).isZero();
        assertThat(change.from()).isEqualTo(snapshot.seq());
        assertThat(change.screen().state()).isEqualTo("BREAK");
        assertThat(page.receiveMessage().from()).isEqualTo(change.seq());
    }

    @Test
    void a_release_is_not_answered_or_queue_and_agent_would_answer_each_other_for_ever() {
        alice.runCommand(new AgentMessage.FromQueue("support", new QueueToAgent.Release("t0")));
        assertThat(post.all(QueueMessage.ReserveAnswer.class)).isEmpty();
    }

    @Test
    @Spec({"SYS-006", "AGT-013"})
    void an_update_that_got_lost_is_sent_again_when_the_page_renews_its_lease() {
        var page = ACTORS.<AgentUpdate>createTestProbe();
        alice.runCommand(new AgentMessage.Watch(1, -1, page.ref()));
        var snapshot = page.receiveMessage();
        ask("pause", new AgentCommand.TakeBreak(1, BreakReason.REST));
        var lost = page.receiveMessage();
        alice.runCommand(new AgentMessage.Watch(1, snapshot.seq(), page.ref()));
        assertThat(page.receiveMessage().screen()).isEqualTo(lost.screen());

        alice.runCommand(new AgentMessage.Watch(1, lost.seq(), page.ref()));
        page.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    @Spec("AGT-014")
    void a_session_that_is_silent_for_ten_seconds_is_lost() {
        for (var second = 0; second < 9; second++) {
            tick();
        }
        alice.runCommand(new AgentMessage.Watch(
                1, -1, ACTORS.<AgentUpdate>createTestProbe().ref()));
        for (var second = 0; second < 10; second++) {
            tick();
        }
        assertThat(alice.getState().screen().connection()).isEqualTo("CONNECTED");

        tick();
        assertThat(alice.getState().screen().connection()).isEqualTo("LOST");
    }

    private void tick() {
        time.passSilently(Duration.ofSeconds(1));
        alice.runCommand(AgentMessage.Own.TICK);
    }

    private List<CallMessage.WhatOf> questions() {
        return post.all(CallMessage.WhatOf.class);
    }

    @Test
    @Spec({"SYS-001", "HOT-014"})
    void while_it_rings_she_asks_the_call_each_five_seconds_and_a_call_that_has_nothing_rings_no_longer() {
        tick();
        assertThat(questions()).isEmpty();
        ring();
        for (int second = 0; second < 9; second++) {
            tick();
        }
        assertThat(questions()).hasSize(2).containsOnly(new CallMessage.WhatOf("alice", "t1"));

        alice.runCommand(new AgentMessage.CallSaid("call-7", "t1", true));
        assertThat(stateName()).isEqualTo("RINGING");
        alice.runCommand(new AgentMessage.CallSaid("call-7", "t1", false));
        assertThat(stateName()).isEqualTo("IDLE");
        assertThat(alice.persistenceTestKit().persistedInStorage("agent|alice"))
                .anyMatch(event -> event instanceof AgentEvent.OfferWithdrawn withdrawn
                        && withdrawn.reason().equals("unknown"));
        post.clear();
        for (int second = 0; second < 10; second++) {
            tick();
        }
        assertThat(questions()).isEmpty();
    }

    @Test
    @Spec({"SYS-001", "SYS-002"})
    void after_a_restart_while_it_rings_she_asks_the_call_at_once() {
        ring();
        alice.restart();
        assertThat(questions()).containsExactly(new CallMessage.WhatOf("alice", "t1"));
    }

    @Test
    void a_stall_of_the_machine_is_nobodys_silence() {
        time.passSilently(Duration.ofSeconds(30));
        alice.runCommand(AgentMessage.Own.TICK);
        assertThat(alice.getState().screen().connection()).isEqualTo("CONNECTED");
        assertThat(alice.getState().screen().line()).isEqualTo("UP");
    }

    @Test
    @Spec("SYS-002")
    void a_command_whose_write_failed_is_worked_on_anew_when_it_is_repeated() {
        alice.persistenceTestKit().failNextPersisted("agent|alice", new IllegalStateException("the disk is full"));
        var page = ACTORS.<Reply>createTestProbe();
        var entity =
                ACTORS.spawn(AgentEntity.create("alice", shard.ref(), new Surroundings(post, edges, time.clock, time)));
        var pause = new AgentMessage.Ask("pause", new AgentCommand.TakeBreak(1, BreakReason.REST), page.ref());
        entity.tell(pause);
        page.expectNoMessage(Duration.ofMillis(300));

        entity.tell(pause);
        assertThat(page.receiveMessage(Duration.ofSeconds(10))).isInstanceOf(Reply.Done.class);
        ACTORS.stop(entity);
    }

    @Test
    @Spec({"SYS-002", "HOT-014"})
    void after_a_failed_write_she_goes_on_telling_her_queues() {
        var hers = new KeptPost();
        var entity =
                ACTORS.spawn(AgentEntity.create("alice", shard.ref(), new Surroundings(hers, edges, time.clock, time)));
        var page = ACTORS.<Reply>createTestProbe();
        alice.persistenceTestKit().failNextPersisted("agent|alice", new IllegalStateException("the disk is full"));
        entity.tell(new AgentMessage.Ask("pause", new AgentCommand.TakeBreak(1, BreakReason.REST), page.ref()));
        page.expectNoMessage(Duration.ofMillis(300));
        entity.tell(new AgentMessage.Ask("pause", new AgentCommand.TakeBreak(1, BreakReason.REST), page.ref()));
        page.receiveMessage(Duration.ofSeconds(10));

        hers.clear();
        eventually(() -> assertThat(hers.all(QueueMessage.AgentTells.class)).hasSizeGreaterThan(1));
        ACTORS.stop(entity);
    }

    @Test
    void a_line_whose_edge_is_gone_is_lost_at_once() {
        edges.lose(LINE.edge());
        alice.runCommand(AgentMessage.Own.TICK);
        assertThat(alice.getState().screen().line()).isNotEqualTo("UP");
    }

    @Test
    void a_line_that_was_replaced_never_comes_back_and_is_closed() {
        var newer = new LineRef(LINE.edge(), "line-2");
        alice.runCommand(new AgentMessage.LineHeld(1, newer, true, edge.ref()));
        edge.receiveSeveralMessages(2);
        alice.runCommand(new AgentMessage.LineHeld(1, LINE, true, edge.ref()));

        var told = edge.expectMessageClass(EdgeMessage.CarryOutLine.class);
        assertThat(told.plan().line()).isEqualTo(LINE);
        assertThat(told.plan().keep()).isFalse();
        assertThat(alice.getState().linePlan(0).orElseThrow().line()).isEqualTo(newer);
    }

    @Test
    void steering_a_call_that_is_not_hers_never_reaches_it() {
        var page = ACTORS.<Reply>createTestProbe();
        alice.runCommand(new AgentMessage.Steer("x", 1, "call-9", new CallCommand.Hold("alice"), page.ref()));

        assertThat(page.receiveMessage()).isInstanceOf(Reply.Refused.class);
        assertThat(post.all(CallMessage.Ask.class)).isEmpty();
    }

    @Test
    void an_agent_off_duty_whom_nobody_watches_goes_to_sleep() {
        ask("off", new AgentCommand.GoOffWork(1));
        alice.getState()
                .owed()
                .forEach(
                        debt -> alice.runCommand(new AgentMessage.Confirmed(new Confirmation(debt.key(), true, null))));
        for (var tick = 0; tick < 12; tick++) {
            alice.runCommand(AgentMessage.Own.TICK);
        }
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }
}
