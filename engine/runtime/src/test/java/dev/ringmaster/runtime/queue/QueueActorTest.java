package dev.ringmaster.runtime.queue;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.exchange.AgentToQueue;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.queue.Matchmaker;
import dev.ringmaster.runtime.entity.KeptEdges;
import dev.ringmaster.runtime.entity.KeptPost;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.TestTime;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueActorTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create();

    private final TestTime time = new TestTime();
    private final KeptPost post = new KeptPost();
    private final TestProbe<ClusterSharding.ShardCommand> shard = ACTORS.createTestProbe();
    private final ActorRef<QueueMessage> queue = ACTORS.spawn(
            QueueActor.create("support", shard.ref(), new Surroundings(post, new KeptEdges(), time.clock, time)));

    @AfterEach
    void stop() {
        ACTORS.stop(queue);
    }

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    private void waits(String callId, int seconds) {
        queue.tell(new QueueMessage.Waits(new CallToQueue.Waits(
                callId,
                "demo",
                new PhoneNumber("13800001234"),
                TestTime.START.minusSeconds(seconds),
                0,
                false,
                1,
                Set.of())));
    }

    private void free(String agentId, int idleSeconds) {
        queue.tell(new QueueMessage.AgentTells(new AgentToQueue(
                agentId, agentId, "demo", "IDLE", true, false, TestTime.START.minusSeconds(idleSeconds), 1)));
    }

    private List<QueueToAgent.Reserve> reserves() {
        return post.all(AgentMessage.FromQueue.class).stream()
                .map(AgentMessage.FromQueue::message)
                .filter(QueueToAgent.Reserve.class::isInstance)
                .map(QueueToAgent.Reserve.class::cast)
                .toList();
    }

    private List<QueueToAgent.Release> releases() {
        return post.all(AgentMessage.FromQueue.class).stream()
                .map(AgentMessage.FromQueue::message)
                .filter(QueueToAgent.Release.class::isInstance)
                .map(QueueToAgent.Release.class::cast)
                .toList();
    }

    private List<QueueToCall.Offer> offers() {
        return post.all(CallMessage.FromQueue.class).stream()
                .map(CallMessage.FromQueue::message)
                .filter(QueueToCall.Offer.class::isInstance)
                .map(QueueToCall.Offer.class::cast)
                .toList();
    }

    private QueueBoard board() {
        var probe = ACTORS.<QueueBoard>createTestProbe();
        queue.tell(new QueueMessage.Look(probe.ref()));
        return probe.receiveMessage();
    }

    private void filled() {
        board(); // it has started: its time begins now
        time.pass(Matchmaker.FILLING);
    }

    @Test
    @Spec({"HOT-014", "SYS-001"})
    void a_new_queue_pairs_nobody_until_it_is_filled_and_then_the_head_with_the_longest_idle() {
        waits("call-1", 10);
        waits("call-2", 20);
        free("alice", 30);
        free("bob", 60);
        assertThat(board().filling()).isTrue();
        assertThat(reserves()).isEmpty();

        filled();
        waits("call-1", 10);
        eventually(() -> assertThat(reserves()).hasSize(2));
        assertThat(reserves().getFirst().callId()).isEqualTo("call-2");
        assertThat(post.all(AgentMessage.FromQueue.class).getFirst().groupId()).isEqualTo("support");
    }

    @Test
    @Spec("HOT-014")
    void a_reserved_agent_is_offered_and_a_refused_one_is_not() {
        filled();
        waits("call-1", 10);
        free("alice", 30);
        eventually(() -> assertThat(reserves()).hasSize(1));
        var token = reserves().getFirst().token();

        queue.tell(new QueueMessage.ReserveAnswer(token, "alice", "InvalidAgentState"));
        free("bob", 10);
        eventually(() -> assertThat(reserves()).hasSize(2));
        var second = reserves().getLast().token();
        queue.tell(new QueueMessage.ReserveAnswer(second, "bob", null));

        eventually(() -> assertThat(offers()).hasSize(1));
        assertThat(offers().getFirst().agentId()).isEqualTo("bob");
        assertThat(offers().getFirst().decision().candidates()).isNotEmpty();
    }

    @Test
    void an_offer_that_the_call_refuses_frees_the_agent() {
        filled();
        waits("call-1", 10);
        free("alice", 30);
        eventually(() -> assertThat(reserves()).hasSize(1));
        var token = reserves().getFirst().token();
        queue.tell(new QueueMessage.ReserveAnswer(token, "alice", null));
        queue.tell(new QueueMessage.OfferAnswer(token, "call-1", 1, "NotWaiting"));

        eventually(() -> assertThat(releases()).contains(new QueueToAgent.Release(token)));
    }

    @Test
    void an_agent_who_answers_after_the_pairing_was_given_up_is_released() {
        filled();
        waits("call-1", 10);
        free("alice", 30);
        eventually(() -> assertThat(reserves()).hasSize(1));
        var token = reserves().getFirst().token();
        time.pass(Matchmaker.IN_FLIGHT);
        eventually(() -> assertThat(releases()).contains(new QueueToAgent.Release(token)));
        post.clear();

        queue.tell(new QueueMessage.ReserveAnswer(token, "alice", null));
        eventually(() -> assertThat(releases()).contains(new QueueToAgent.Release(token)));
        assertThat(offers()).isEmpty();
    }

    @Test
    @Spec("HOT-017")
    void callers_are_told_when_nobody_is_on_duty_but_not_before_everybody_could_say_so() {
        waits("call-1", 10);
        board();
        assertThat(post.all(CallMessage.FromQueue.class)).isEmpty();
        filled();
        eventually(() -> assertThat(post.all(CallMessage.FromQueue.class))
                .contains(new CallMessage.FromQueue(new QueueToCall.NobodyOnDuty("support"))));
    }

    @Test
    void a_call_that_has_left_is_confirmed_and_gone() {
        filled();
        waits("call-1", 10);
        queue.tell(new QueueMessage.Debt(Debtor.call("call-1"), "left/1", new CallToQueue.Left("call-1", 2)));

        eventually(() -> assertThat(post.all(CallMessage.Confirmed.class))
                .containsExactly(new CallMessage.Confirmed(new Confirmation("left/1", true, null))));
        assertThat(board().waiting()).isZero();
    }

    @Test
    void whoever_is_silent_for_a_lease_is_gone() {
        filled();
        waits("call-1", 10);
        assertThat(board().waiting()).isEqualTo(1);
        time.pass(Matchmaker.LEASE.plusSeconds(1));
        eventually(() -> assertThat(board().waiting()).isZero());
    }

    @Test
    @Spec({"HOT-015", "REP-013"})
    void boards_are_coalesced_to_four_a_second_and_only_administrators_see_callers() {
        filled();
        var agent = ACTORS.<QueueBoard>createTestProbe();
        var admin = ACTORS.<QueueBoard>createTestProbe();
        queue.tell(new QueueMessage.Watch(agent.ref(), false));
        queue.tell(new QueueMessage.Watch(admin.ref(), true));
        var start = System.nanoTime();
        for (var i = 0; i < 500; i++) {
            waits("call-" + i, 500 - i);
        }
        agent.awaitAssert(() -> {
            assertThat(agent.receiveMessage().waiting()).isEqualTo(500);
            return null;
        });
        var boards = 1 + drained(agent);
        var seconds = (System.nanoTime() - start) / 1e9;
        assertThat(boards).isLessThanOrEqualTo((int) Math.ceil(4 * seconds) + 1);
        admin.awaitAssert(() -> {
            var board = admin.receiveMessage();
            assertThat(board.callers()).hasSize(QueueBoard.MAX_CALLERS);
            assertThat(board.callers().getFirst().callId()).isEqualTo("call-0");
            return null;
        });
        assertThat(board().longest()).isGreaterThanOrEqualTo(Duration.ofSeconds(500));
    }

    private static int drained(TestProbe<QueueBoard> probe) {
        var count = 0;
        var end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < end) {
            try {
                assertThat(probe.receiveMessage(Duration.ofMillis(400)).callers())
                        .isEmpty();
                count++;
            } catch (AssertionError silent) {
                return count;
            }
        }
        return count;
    }
}
