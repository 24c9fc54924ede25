package dev.ringmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.exchange.AgentToQueue;
import dev.ringmaster.exchange.CallToQueue.Left;
import dev.ringmaster.exchange.CallToQueue.Waits;
import dev.ringmaster.exchange.RoutingDecision.Candidate;
import dev.ringmaster.spec.Spec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Spec("HOT-014")
class MatchmakerTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant FILLED = NINE.plus(Matchmaker.FILLING);

    private final Matchmaker queue = new Matchmaker(NINE);
    private int drawn;

    @Test
    void the_first_caller_gets_the_agent_who_has_been_idle_longest() {
        queue.told(waits("late", NINE.plusSeconds(2)), NINE);
        queue.told(waits("early", NINE.plusSeconds(1)), NINE);
        queue.told(idle("ann", NINE.plusSeconds(1)), NINE);
        queue.told(idle("bob", NINE), NINE);

        var pairs = queue.pair(FILLED, this::token);

        assertThat(pairs).extracting(Pairing::callId).containsExactly("early", "late");
        assertThat(pairs).extracting(Pairing::agentId).containsExactly("bob", "ann");
    }

    @Test
    void priority_goes_before_time_and_equal_places_are_ordered_by_id() {
        queue.told(waits("b", NINE), NINE);
        queue.told(waits("a", NINE), NINE);
        queue.told(new Waits("vip", "i", number(), NINE.plusSeconds(9), 5, false, 1, Set.of()), NINE);
        List.of("x", "y", "z").forEach(agent -> queue.told(idle(agent, NINE), NINE));

        assertThat(queue.pair(FILLED, this::token)).extracting(Pairing::callId).containsExactly("vip", "a", "b");
    }

    @Test
    @Spec({"HOT-014", "HOT-017"})
    void a_new_matchmaker_pairs_nobody_and_says_nothing_hopeless_before_it_has_heard_everybody() {
        queue.told(waits("c", NINE), NINE);
        assertThat(queue.hopeless(NINE.plusSeconds(3))).isEmpty();
        assertThat(queue.board(NINE.plusSeconds(3), 10).filling()).isTrue();
        queue.told(idle("ann", NINE), NINE);
        assertThat(queue.pair(NINE.plusSeconds(3), this::token)).isEmpty();
        assertThat(queue.pair(FILLED, this::token)).hasSize(1);
    }

    @Test
    @Spec("HOT-017")
    void with_nobody_on_duty_every_waiting_call_is_told_but_a_break_is_duty() {
        queue.told(waits("c", NINE), NINE);
        assertThat(queue.hopeless(FILLED)).containsExactly("c");
        queue.told(agent("ann", "BREAK", false, NINE, 1), FILLED);
        assertThat(queue.hopeless(FILLED)).isEmpty();
        queue.told(agent("ann", "OFF", false, NINE, 2), FILLED);
        assertThat(queue.hopeless(FILLED)).containsExactly("c");
    }

    @Test
    void a_refused_reservation_gives_the_call_its_place_back_and_the_agent_is_not_asked_again_until_she_speaks() {
        queue.told(waits("first", NINE), NINE);
        queue.told(waits("second", NINE.plusSeconds(1)), NINE);
        queue.told(idle("ann", NINE), NINE);
        var pair = queue.pair(FILLED, this::token).getFirst();

        queue.reservationRefused(pair.token(), "BREAK");
        assertThat(queue.pair(FILLED, this::token)).isEmpty();

        queue.told(agent("ann", "IDLE", true, FILLED, 2), FILLED);
        assertThat(queue.pair(FILLED, this::token)).extracting(Pairing::callId).containsExactly("first");
    }

    @Test
    void an_agreed_offer_is_never_made_again_by_a_notice_that_was_under_way() {
        var old = waits("c", NINE);
        queue.told(old, NINE);
        queue.told(idle("ann", NINE), NINE);
        queue.told(idle("bob", NINE), NINE);
        var pair = queue.pair(FILLED, this::token).getFirst();
        assertThat(queue.reserved(pair.token())).contains(pair);
        queue.offerAgreed(pair.token(), 6);

        queue.told(old, FILLED); // a repeat
        assertThat(queue.pair(FILLED, this::token)).isEmpty();
        assertThat(queue.board(FILLED, 10).waiting()).isZero();

        // The offer came to nothing: same place again, the other agent first.
        queue.told(new Waits("c", "i", number(), NINE, 0, false, 7, Set.of("ann")), FILLED);
        queue.told(agent("ann", "IDLE", true, NINE, 5), FILLED);
        assertThat(queue.pair(FILLED, this::token)).extracting(Pairing::agentId).containsExactly("bob");
    }

    /// Seen on random day 7906720449301: the agent no longer held the token, so the offer was over before the answer to
    /// it had arrived, and the caller waited for ever.
    @Test
    @Spec("HOT-014")
    void an_offer_that_is_over_before_its_answer_arrives_leaves_the_call_in_its_place() {
        queue.told(waits("c", NINE), NINE);
        queue.told(idle("ann", NINE), NINE);
        queue.told(idle("bob", NINE), NINE);
        var pair = queue.pair(FILLED, this::token).getFirst();
        queue.told(new Waits("c", "i", number(), NINE, 0, true, 5, Set.of()), FILLED);
        queue.told(new Waits("c", "i", number(), NINE, 0, false, 6, Set.of()), FILLED);
        queue.offerAgreed(pair.token(), 5);
        assertThat(queue.pair(FILLED, this::token)).extracting(Pairing::callId).containsExactly("c");
    }

    @Test
    void who_let_the_call_ring_out_is_asked_again_only_when_there_is_nobody_else() {
        queue.told(new Waits("c", "i", number(), NINE, 0, false, 7, Set.of("ann")), NINE);
        queue.told(idle("ann", NINE), NINE);
        assertThat(queue.pair(FILLED, this::token)).extracting(Pairing::agentId).containsExactly("ann");
    }

    @Test
    void a_late_notice_does_not_bring_back_a_call_that_has_left() {
        queue.told(waits("c", NINE), NINE);
        queue.told(new Left("c", 4), NINE);
        queue.told(waits("c", NINE), NINE);
        queue.told(idle("ann", NINE), NINE);
        assertThat(queue.pair(FILLED, this::token)).isEmpty();
    }

    @Test
    void the_silent_are_forgotten_after_a_lease_and_a_pairing_without_answer_is_given_up() {
        queue.told(waits("c", NINE), NINE.plusSeconds(3));
        queue.told(idle("ann", NINE), NINE.plusSeconds(3));
        var pair = queue.pair(FILLED, this::token).getFirst();
        assertThat(queue.tidy(FILLED.plus(Matchmaker.IN_FLIGHT))).containsExactly(pair);
        assertThat(queue.reserved(pair.token())).isEmpty();
        assertThat(queue.pair(FILLED.plus(Matchmaker.IN_FLIGHT), this::token)).hasSize(1);

        queue.tidy(NINE.plusSeconds(20));
        assertThat(queue.board(NINE.plusSeconds(20), 10))
                .isEqualTo(new Board(false, 0, java.util.Optional.empty(), Map.of(), List.of()));
    }

    @Test
    void a_decision_names_the_first_twenty_and_counts_the_rest_by_reason() {
        queue.told(waits("c", NINE), NINE);
        for (var i = 0; i < 15; i++) {
            queue.told(idle("free%02d".formatted(i), NINE.plusMillis(i)), NINE);
        }
        for (var i = 0; i < 30; i++) {
            queue.told(
                    agent("busy%02d".formatted(i), i < 10 ? "IN_CALL" : "BREAK", false, NINE.plusMillis(i), 1), NINE);
        }
        var decision = queue.pair(FILLED, this::token).getFirst().decision();

        assertThat(decision.candidates()).hasSize(20);
        assertThat(decision.candidates().getFirst())
                .extracting(Candidate::agentId, Candidate::reason)
                .containsExactly("free00", "chosen");
        assertThat(decision.candidates().subList(1, 15))
                .extracting(Candidate::reason)
                .containsOnly("idleShorter");
        assertThat(decision.candidates().subList(15, 20))
                .extracting(Candidate::reason)
                .containsOnly("IN_CALL");
        assertThat(decision.restByReason()).isEqualTo(Map.of("IN_CALL", 5, "BREAK", 20));
    }

    /// Random notices, answers and silences: no call and no agent is ever in two pairings, and places are kept.
    @Test
    void whatever_happens_nobody_is_paired_twice_at_once() {
        for (var seed = 1L; seed <= 200; seed++) {
            play(new Random(seed), seed);
        }
    }

    private void play(Random random, long seed) {
        var matchmaker = new Matchmaker(NINE);
        var flying = new ArrayList<Pairing>();
        var offered = new HashSet<String>();
        var order = 1L;
        for (var step = 0; step < 300; step++) {
            var now = NINE.plusMillis(step * 50L);
            var call = "c" + random.nextInt(8);
            var agent = "a" + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    if (!offered.contains(call)) {
                        matchmaker.told(
                                new Waits(
                                        call,
                                        "i",
                                        number(),
                                        NINE.plusMillis(call.charAt(1)),
                                        0,
                                        false,
                                        ++order,
                                        Set.of()),
                                now);
                    }
                }
                case 2, 3 -> {
                    if (flying.stream().noneMatch(p -> p.agentId().equals(agent))) {
                        matchmaker.told(agent(agent, "IDLE", true, NINE.plusMillis(random.nextInt(500)), ++order), now);
                    }
                }
                case 4 -> matchmaker.told(agent(agent, "BREAK", false, now, ++order), now);
                case 5 -> {
                    matchmaker.told(new Left(call, ++order), now);
                    offered.remove(call);
                }
                case 6 -> flying.removeAll(matchmaker.tidy(now));
                default -> {
                    if (!flying.isEmpty()) {
                        var pair = flying.remove(random.nextInt(flying.size()));
                        switch (random.nextInt(3)) {
                            case 0 -> matchmaker.reservationRefused(pair.token(), "IN_CALL");
                            case 1 -> matchmaker.offerRefused(pair.token());
                            default -> {
                                matchmaker.offerAgreed(pair.token(), ++order);
                                offered.add(pair.callId());
                            }
                        }
                    }
                }
            }
            flying.removeIf(pair -> matchmaker.reserved(pair.token()).isEmpty());
            for (var pair : matchmaker.pair(now, this::token)) {
                assertThat(flying)
                        .as("seed %d step %d: two pairings of a call", seed, step)
                        .noneMatch(p -> p.callId().equals(pair.callId()));
                assertThat(flying)
                        .as("seed %d step %d: two pairings of an agent", seed, step)
                        .noneMatch(p -> p.agentId().equals(pair.agentId()));
                assertThat(offered)
                        .as("seed %d step %d: an offered call paired", seed, step)
                        .doesNotContain(pair.callId());
                flying.add(pair);
            }
        }
    }

    private String token() {
        return "t" + ++drawn;
    }

    private static Waits waits(String callId, Instant since) {
        return new Waits(callId, "i", number(), since, 0, false, 1, Set.of());
    }

    private static AgentToQueue idle(String agentId, Instant since) {
        return agent(agentId, "IDLE", true, since, 1);
    }

    private static AgentToQueue agent(String agentId, String state, boolean free, Instant since, long order) {
        return new AgentToQueue(
                agentId, agentId.toUpperCase(java.util.Locale.ROOT), "i", state, free, false, since, order);
    }

    private static PhoneNumber number() {
        return new PhoneNumber("13800000000");
    }
}
