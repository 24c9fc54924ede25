package dev.ringmaster.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.exchange.Doubt.Kind;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.SeatsFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Spec({"SYS-001", "SYS-003"})
class AuditTest {
    private static final String EDGE = "edge1#1";

    /// A good moment: one call talks, one rings, one waits; one agent is free. Tests spoil one thing in it.
    static final class Moment {
        final Map<String, Claim<CallFact>> calls = new HashMap<>();
        final Map<String, Claim<AgentFact>> agents = new HashMap<>();
        final Map<String, Claim<SeatsFact>> seats = new HashMap<>();
        final Map<String, QueueFact> queues = new HashMap<>();
        final Map<String, EdgeFact> edges = new HashMap<>();
        final List<SessionFact> sessions = new ArrayList<>();
        Look.Open open = new Look.Open(Set.of("talks", "rings", "waits"), Set.of("ann", "bob", "cid"), Set.of("demo"));

        Moment() {
            call("talks", "TALKING", Optional.of(new CallFact.Partner("ann", "t1", true)), Optional.empty());
            call("rings", "RINGING", Optional.of(new CallFact.Partner("bob", "t2", false)), Optional.of("support"));
            call("waits", "QUEUED", Optional.empty(), Optional.of("support"));
            agent("ann", "IN_CALL", Optional.of(new AgentFact.Partner("talks", "t1")), true, true);
            agent("bob", "RINGING", Optional.of(new AgentFact.Partner("rings", "t2")), false, false);
            agent("cid", "IDLE", Optional.empty(), false, false);
            seats.put("demo", Claim.of(new SeatsFact("demo", 5, true, 20, 3)));
            queues.put(
                    "support",
                    new QueueFact("support", false, Map.of("rings", 4L, "waits", 3L), Set.of("ann", "bob", "cid")));
            edges.put(
                    EDGE,
                    new EdgeFact(
                            EDGE,
                            Stream.of("talks", "rings", "waits")
                                    .map(Moment::leg)
                                    .toList()));
            sessions.add(new SessionFact("s1", "ann", "demo", 2));
            sessions.add(new SessionFact("s2", "bob", "demo", 2));
        }

        void call(String id, String phase, Optional<CallFact.Partner> partner, Optional<String> waitsIn) {
            var legs = List.of(new CallFact.PlannedLeg(id + "-leg", EDGE, false));
            calls.put(id, Claim.of(new CallFact(id, "demo", 7, true, phase, partner, waitsIn, legs)));
        }

        void agent(String id, String state, Optional<AgentFact.Partner> call, boolean joined, boolean agreed) {
            var free = state.equals("IDLE");
            agents.put(
                    id,
                    Claim.of(new AgentFact(
                            id, "demo", 9, true, state, call, joined, agreed, free, List.of("support"), 2)));
        }

        static EdgeFact.HeldLeg leg(String callId) {
            return new EdgeFact.HeldLeg(callId, "demo", callId + "-leg", 6);
        }

        Look at(long second) {
            return new Look(Duration.ofSeconds(second), calls, agents, seats, queues, edges, sessions, open);
        }
    }

    private static Moment spoilt(Consumer<Moment> spoil) {
        var moment = new Moment();
        spoil.accept(moment);
        return moment;
    }

    private static Arguments of(Kind kind, String owner, Consumer<Moment> spoil) {
        return Arguments.of(kind, owner, spoil);
    }

    static Stream<Arguments> spoilers() {
        return Stream.of(
                of(Kind.NOT_LIVE, "lost", m -> m.open = new Look.Open(Set.of("lost"), Set.of(), Set.of())),
                of(Kind.NOT_LIVE, "zoe", m -> m.open = new Look.Open(Set.of(), Set.of("zoe"), Set.of())),
                of(Kind.NOT_LIVE, "shop", m -> m.open = new Look.Open(Set.of(), Set.of(), Set.of("shop"))),
                of(
                        Kind.NOT_LIVE,
                        "cid",
                        m -> m.agents.computeIfPresent(
                                "cid", (_, c) -> new Claim<>(c.fact(), c.overdue(), c.owed(), Duration.ofSeconds(6)))),
                of(
                        Kind.LEG_UNPLANNED,
                        EDGE,
                        m -> m.edges.computeIfPresent(EDGE, (_, e) -> {
                            var legs = new ArrayList<>(e.legs());
                            legs.add(new EdgeFact.HeldLeg("never", "demo", "never-leg", 3));
                            return new EdgeFact(EDGE, legs);
                        })),
                of(Kind.LEG_MISSING, "talks", m -> m.edges.computeIfPresent(EDGE, (_, e) -> without(e, "talks"))),
                of(Kind.CALL_WITHOUT_AGENT, "talks", m -> m.agent("ann", "IDLE", Optional.empty(), false, false)),
                of(
                        Kind.AGENT_WITHOUT_CALL,
                        "cid",
                        m -> m.agent("cid", "IN_CALL", Optional.of(new AgentFact.Partner("talks", "t1")), true, true)),
                of(
                        Kind.RING_UNKNOWN,
                        "bob",
                        m -> m.agent(
                                "bob", "RINGING", Optional.of(new AgentFact.Partner("rings", "old")), false, false)),
                of(
                        Kind.NOT_IN_QUEUE,
                        "waits",
                        m -> m.queues.put(
                                "support",
                                new QueueFact("support", false, Map.of("rings", 4L), Set.of("ann", "bob", "cid")))),
                of(
                        Kind.WRONG_QUEUE,
                        "waits",
                        m -> m.queues.put("sales", new QueueFact("sales", false, Map.of("waits", 2L), Set.of()))),
                of(
                        Kind.FREE_NOT_IN_QUEUE,
                        "cid",
                        m -> m.queues.put(
                                "support",
                                new QueueFact(
                                        "support", false, Map.of("rings", 4L, "waits", 3L), Set.of("ann", "bob")))),
                of(Kind.SECOND_SESSION, "ann", m -> m.sessions.add(new SessionFact("s3", "ann", "demo", 2))),
                of(Kind.SECOND_SESSION, "bob", m -> m.sessions.add(new SessionFact("s4", "bob", "demo", 1))),
                of(
                        Kind.OVERDUE,
                        "bob",
                        m -> m.agents.computeIfPresent(
                                "bob",
                                (_, c) -> new Claim<>(c.fact(), Duration.ofMillis(2_100), List.of(), Duration.ZERO))),
                of(
                        Kind.OWED_TOO_LONG,
                        "talks",
                        m -> m.calls.computeIfPresent(
                                "talks",
                                (_, c) -> new Claim<>(
                                        c.fact(),
                                        Duration.ZERO,
                                        List.of(new Claim.Debt("ended/t0", "agent dan", Duration.ofMillis(5_100))),
                                        Duration.ZERO))),
                of(
                        Kind.SEATS_OVER_GRANTED,
                        "demo",
                        m -> m.seats.put("demo", Claim.of(new SeatsFact("demo", 6, true, 2, 3)))));
    }

    private static EdgeFact without(EdgeFact edge, String callId) {
        return new EdgeFact(
                edge.edge(),
                edge.legs().stream().filter(l -> !l.callId().equals(callId)).toList());
    }

    @Test
    void a_good_moment_holds_no_contradiction() {
        var audit = Audit.NOTHING.next(new Moment().at(1)).next(new Moment().at(2));
        assertThat(audit.standing()).isEmpty();
        // 7 entities live; 3 legs planned, 3 held; 1 talks and is talked with; 1 rings; 2 wait, 2 are counted; 1 is
        // free; 2 sessions; 6 deadlines; 1 ledger
        assertThat(audit.compared()).isEqualTo(Map.of("demo", 30L));
    }

    @ParameterizedTest
    @MethodSource("spoilers")
    void each_contradiction_counts_once_both_sides_are_unchanged_over_two_looks(
            Kind kind, String owner, Consumer<Moment> spoil) {
        var first = Audit.NOTHING.next(spoilt(spoil).at(10));
        assertThat(first.standing()).as("it may be under way").isEmpty();

        var second = first.next(spoilt(spoil).at(11));
        assertThat(second.standing())
                .anySatisfy(found -> {
                    assertThat(found.doubt().kind()).isEqualTo(kind);
                    assertThat(found.owner().id()).isEqualTo(owner);
                    assertThat(found.age()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(found.alarming()).isFalse();
                })
                .allSatisfy(found -> assertThat(found.doubt().kind()).isEqualTo(kind));
        assertThat(second.next(spoilt(spoil).at(16)).standing())
                .allSatisfy(found -> assertThat(found.alarming()).isTrue());
        assertThat(second.next(new Moment().at(12)).standing()).isEmpty();
    }

    @Test
    void what_moves_between_two_looks_is_under_way_and_counts_only_when_it_goes_on() {
        var audit = Audit.NOTHING;
        for (var second = 1; second <= 5; second++) {
            var moving = spoilt(m -> m.agent("ann", "IDLE", Optional.empty(), false, false));
            var seq = second;
            moving.calls.computeIfPresent(
                    "talks",
                    (_, c) -> Claim.of(new CallFact(
                            "talks",
                            "demo",
                            seq,
                            true,
                            "TALKING",
                            c.fact().partner(),
                            Optional.empty(),
                            c.fact().legs())));
            audit = audit.next(moving.at(second));
            assertThat(audit.standing()).isEmpty();
        }
        var still = spoilt(m -> m.agent("ann", "IDLE", Optional.empty(), false, false));
        audit = audit.next(still.at(6));
        assertThat(audit.standing()).hasSize(1);
        assertThat(audit.standing().getFirst().age()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_queue_that_is_filling_says_of_nobody_that_he_is_not_there() {
        var filling = spoilt(m -> m.queues.put("support", new QueueFact("support", true, Map.of(), Set.of())));
        assertThat(Audit.NOTHING.next(filling.at(1)).next(filling.at(2)).standing())
                .isEmpty();
    }

    @Test
    void an_answer_that_the_call_has_still_to_agree_to_is_no_contradiction() {
        var connecting =
                spoilt(m -> m.agent("bob", "IN_CALL", Optional.of(new AgentFact.Partner("rings", "t2")), true, false));
        assertThat(Audit.NOTHING.next(connecting.at(1)).next(connecting.at(2)).standing())
                .isEmpty();
    }

    @Test
    void whose_a_dead_entity_is_stays_known_while_the_journal_has_it_open() {
        var dead = spoilt(m -> m.calls.remove("waits"));
        var audit = Audit.NOTHING.next(new Moment().at(1)).next(dead.at(2)).next(dead.at(3));
        assertThat(audit.standing())
                .filteredOn(c -> c.doubt().kind() == Kind.NOT_LIVE)
                .singleElement()
                .satisfies(c -> assertThat(c.instanceId()).isEqualTo("demo"));
    }
}
