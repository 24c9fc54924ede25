package dev.ringmaster.runtime.edge;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.port.RecordingStore;
import dev.ringmaster.runtime.entity.KeptPost;
import dev.ringmaster.runtime.entity.TestTime;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeActorTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create();
    private static final String EDGE = "edge1#1000";
    private static final Admission.Limits ROOMY = Admission.Limits.DEFAULT.withMaxCalls(10);

    private final KeptPost post = new KeptPost();
    private final ScriptedTelephony telephony = new ScriptedTelephony(EDGE);
    private Admission admission = new Admission(ROOMY, System::nanoTime);
    private EdgeMemory memory = new EdgeMemory(EDGE, admission);
    private final AtomicInteger sealRefusals = new AtomicInteger();
    private final RecordingStore recordings = (_, _, _, _, _, _) -> sealRefusals.getAndDecrement() > 0
            ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
            : CompletableFuture.runAsync(() -> {});
    private ActorRef<EdgeMessage> edge = start();

    private ActorRef<EdgeMessage> start() {
        telephony.listen(memory);
        return ACTORS.spawn(EdgeActor.create(new EdgeActor.Parts(
                telephony, memory, new FixedDirectory(), recordings, admission, post, new TestTime().clock)));
    }

    @AfterEach
    void stop() {
        ACTORS.stop(edge);
    }

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    private CallMessage.Arrived arrived(String legId) {
        return post.all(CallMessage.Arrived.class).stream()
                .filter(a -> a.arrive().legId().equals(legId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no arrival of " + legId));
    }

    private String callOf(String legId) {
        return memory.arrival(legId).orElseThrow().callId + "";
    }

    private List<CallMessage.Facts> factsOf(String legId) {
        return post.all(CallMessage.Facts.class).stream()
                .filter(f -> f.legId().equals(legId))
                .toList();
    }

    @Test
    @Spec("HOT-011")
    void an_invite_to_a_known_number_becomes_a_call_and_is_said_again_until_the_call_has_it() {
        telephony.invite("leg-1", "13800001234", FixedDirectory.SUPPORT_NUMBER);
        eventually(() -> assertThat(post.all(CallMessage.Arrived.class)).hasSizeGreaterThan(1));
        assertThat(arrived("leg-1").arrive().flow()).isEqualTo(FixedDirectory.TO_SUPPORT);
        assertThat(arrived("leg-1").arrive().edge()).isEqualTo(EDGE);

        edge.tell(new EdgeMessage.ArrivalKept(callOf("leg-1"), "leg-1"));
        eventually(() -> assertThat(memory.arrivals()).isEmpty());
    }

    @Test
    @Spec("SYS-002")
    void an_id_counts_as_unborn_once_for_a_moment_and_only_until_its_call_has_taken_the_caller() {
        ACTORS.stop(edge);
        var nanos = new AtomicLong();
        admission = new Admission(ROOMY, nanos::get);
        memory = new EdgeMemory(EDGE, admission);
        edge = start();
        for (var leg : List.of("leg-1", "leg-2", "leg-3")) {
            telephony.invite(leg, "13800001234", FixedDirectory.SUPPORT_NUMBER);
            eventually(() -> arrived(leg));
        }
        assertThat(memory.isUnborn(callOf("leg-1"))).isTrue();
        assertThat(memory.isUnborn(callOf("leg-1"))).isFalse();

        var taken = callOf("leg-2");
        edge.tell(new EdgeMessage.ArrivalKept(taken, "leg-2"));
        eventually(() -> assertThat(memory.arrivals()).hasSize(2));
        assertThat(memory.isUnborn(taken)).isFalse();

        nanos.set(Duration.ofMillis(400).toNanos());
        assertThat(memory.isUnborn(callOf("leg-3"))).isFalse();
    }

    @Test
    @Spec("TEN-036")
    void an_unknown_number_is_answered_404_and_becomes_no_call() {
        telephony.invite("leg-1", "13800001234", "4009999999");
        eventually(() -> assertThat(telephony.refused()).containsExactly("leg-1 404"));
        assertThat(post.all(CallMessage.Arrived.class)).isEmpty();
    }

    @Test
    void a_call_above_the_limit_is_refused_503() {
        ACTORS.stop(edge);
        admission = new Admission(ROOMY.withMaxCalls(1), System::nanoTime);
        memory = new EdgeMemory(EDGE, admission);
        edge = start();
        telephony.invite("leg-1", "13800001234", FixedDirectory.SUPPORT_NUMBER);
        eventually(() -> arrived("leg-1"));
        telephony.invite("leg-2", "13800001235", FixedDirectory.SUPPORT_NUMBER);
        eventually(() -> assertThat(telephony.refused()).containsExactly("leg-2 503"));
        assertThat(admission.refusals()).containsExactly(Map.entry("calls", 1L));
    }

    @Test
    void a_call_that_no_engine_takes_is_refused_after_a_while() {
        telephony.invite("leg-1", "13800001234", FixedDirectory.SUPPORT_NUMBER);
        eventually(() -> assertThat(telephony.refused()).containsExactly("leg-1 503"));
    }

    @Test
    @Spec("REP-004")
    void call_ids_grow_with_time_and_differ_between_edges() {
        var one = new CallIds("edge1#1");
        var other = new CallIds("edge2#1");
        var ids = IntStream.range(0, 5_000)
                .mapToObj(i -> one.next(1_000_000L + i / 100))
                .toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(one.next(5_000_000)).isNotEqualTo(other.next(5_000_000));
    }

    @Test
    void a_caller_who_leaves_before_the_call_was_confirmed_ends_it_by_a_fact() {
        telephony.invite("leg-1", "13800001234", FixedDirectory.SUPPORT_NUMBER);
        eventually(() -> arrived("leg-1"));
        telephony.gone("leg-1");

        eventually(
                () -> assertThat(factsOf("leg-1").getFirst().facts().getFirst().fact())
                        .isEqualTo(new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0))));
    }

    @Test
    @Spec("SYS-002")
    void facts_are_numbered_and_repeated_in_order_until_they_are_confirmed() {
        telephony.fact("call-1", "leg-1", new LegFact.Digit(new Said("1")));
        telephony.fact("call-1", "leg-1", new LegFact.Digit(new Said("2")));
        eventually(() -> assertThat(factsOf("leg-1").getLast().facts()).hasSize(2));
        var both = factsOf("leg-1").getLast().facts();
        assertThat(both.get(0).seq()).isEqualTo(1_000_000);
        assertThat(both.get(1).seq()).isEqualTo(1_000_001);

        edge.tell(new EdgeMessage.FactsKept("call-1", "leg-1", 1_000_000, true));
        eventually(() -> assertThat(factsOf("leg-1").getLast().facts()).containsExactly(both.get(1)));

        edge.tell(new EdgeMessage.FactsKept("call-1", "leg-1", 1_000_001, true));
        eventually(() -> assertThat(memory.unconfirmedFacts()).isEmpty());
    }

    @Test
    void a_late_fact_of_a_leg_that_was_forgotten_goes_on_with_higher_numbers() {
        telephony.fact("call-1", "leg-1", new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)));
        eventually(() -> assertThat(factsOf("leg-1")).isNotEmpty());
        edge.tell(new EdgeMessage.FactsKept("call-1", "leg-1", 1_000_000, true));
        eventually(() -> assertThat(memory.unconfirmedFacts()).isEmpty());

        telephony.fact("call-1", "leg-1", new LegFact.Quality(100, 0, 3, 20));
        eventually(() ->
                assertThat(factsOf("leg-1").getLast().facts().getFirst().seq()).isEqualTo(1_000_001));
    }

    @Test
    void a_restarted_actor_forgets_neither_facts_nor_arrivals() {
        telephony.fact("call-1", "leg-1", new LegFact.Digit(new Said("1")));
        telephony.invite("leg-2", "13800001234", FixedDirectory.SUPPORT_NUMBER);
        eventually(() -> arrived("leg-2"));
        var callId = callOf("leg-2");
        ACTORS.stop(edge);
        post.clear();

        edge = start();
        eventually(() -> assertThat(factsOf("leg-1")).isNotEmpty());
        eventually(() -> arrived("leg-2"));
        assertThat(callOf("leg-2")).isEqualTo(callId);
    }

    @Test
    void a_planned_leg_that_the_telephone_does_not_hold_is_reported_as_missing() {
        var leg = new CallPlan.LegPlan(
                "leg-1",
                EDGE,
                new CallPlan.Signal.Answer(),
                new CallPlan.Hears.Silence(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        edge.tell(new EdgeMessage.CarryOut(new CallPlan("call-1", "demo", 7, List.of(leg), Optional.empty())));

        eventually(() -> assertThat(post.all(CallMessage.Held.class))
                .anyMatch(held -> held.planVersion() == 7 && held.legIds().isEmpty()));
        telephony.hold("call-1", "leg-1");
        eventually(() ->
                assertThat(post.all(CallMessage.Held.class).getLast().legIds()).isEqualTo(Set.of("leg-1")));
    }

    @Test
    void a_line_is_told_when_it_comes_up_and_again_as_a_lease_and_its_loss_until_it_is_confirmed() {
        var line = telephony
                .openLine("alice", 3, "offer")
                .toCompletableFuture()
                .join()
                .line();
        telephony.lineUp(line);
        eventually(() -> assertThat(post.all(AgentMessage.LineHeld.class)).hasSizeGreaterThan(1));

        telephony.dropLine(line, "iceTimeout");
        eventually(() -> assertThat(post.all(AgentMessage.LineGone.class)).hasSizeGreaterThan(1));
        edge.tell(new EdgeMessage.LineLossKept(line));
        eventually(() -> assertThat(memory.linesLost()).isEmpty());
    }

    @Test
    @Spec("TEN-038")
    void a_sealed_part_is_reported_when_all_nodes_can_find_it() {
        sealRefusals.set(1);
        telephony.fact(
                "call-1",
                "leg-1",
                new LegFact.RecordingSealed("rec-1", "rec-1.0.wav", Duration.ZERO, Duration.ofSeconds(5), 80_000));

        eventually(() -> assertThat(factsOf("leg-1")).isNotEmpty());
        assertThat(sealRefusals.get()).isNegative();
        assertThat(memory.sealings()).isEmpty();
    }

    @Test
    @Spec("TEN-031")
    void the_telephone_hears_of_the_lines_of_the_installation() {
        eventually(() -> assertThat(telephony.trunks()).containsExactly(FixedDirectory.LOOPBACK));
    }
}
