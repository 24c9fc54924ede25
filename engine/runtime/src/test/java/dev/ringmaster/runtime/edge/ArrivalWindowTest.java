package dev.ringmaster.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The window against engines of a known speed, under a clock of its own.
@Spec("SYS-009")
class ArrivalWindowTest {
    private static final long MS = 1_000_000;
    private static final long TARGET = 300 * MS;

    private ArrivalWindow window = new ArrivalWindow(1_000, TARGET);
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private Random random = new Random(1);
    private long now = 5;
    private double come;
    private double ready;
    /// What each caller waits however few there are.
    private long way;

    /// @param longest the longest wait of those who were taken
    private record Seen(int offered, int refused, int taken, long longest) {
        Seen and(Seen other) {
            return new Seen(
                    offered + other.offered,
                    refused + other.refused,
                    taken + other.taken,
                    Math.max(longest, other.longest));
        }
    }

    private void fresh(long seed) {
        window = new ArrivalWindow(1_000, TARGET);
        random = new Random(seed);
        waiting.clear();
        ready = 0;
    }

    @BeforeEach
    void a_node_that_has_worked_for_a_while() {
        for (int i = 0; i < 20; i++) {
            second(100, 1_000);
        }
    }

    private Seen second(double offeredRate, double takenRate) {
        return during(1_000, offeredRate, takenRate);
    }

    /// Callers come at that rate, somewhat unevenly; engines take them in their order, so many a
    /// second.
    private Seen during(int howLongMs, double offeredRate, double takenRate) {
        int offered = 0;
        int refused = 0;
        int taken = 0;
        long longest = 0;
        for (int ms = 0; ms < howLongMs; ms++, now += MS) {
            for (come += 2 * random.nextDouble() * offeredRate / 1_000; come >= 1; come--) {
                offered++;
                if (window.admits(waiting.size(), waiting.isEmpty() ? 0 : now - waiting.getFirst(), now)) {
                    waiting.addLast(now);
                } else {
                    refused++;
                }
            }
            ready = Math.min(takenRate / 1_000 + ready, takenRate / 100);
            for (; ready >= 1 && !waiting.isEmpty() && now - waiting.getFirst() >= way; ready--) {
                var waited = now - waiting.removeFirst();
                window.confirmed(waited);
                longest = Math.max(longest, waited);
                taken++;
            }
        }
        return new Seen(offered, refused, taken, longest);
    }

    @Test
    void whom_the_engines_can_take_is_let_in() {
        for (int i = 0; i < 20; i++) {
            assertThat(second(200, 400).refused()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 200, 500",
        "500, 600, 200",
        "500, 620, 300",
        "500, 1000, 400",
        "1000, 1100, 200",
        "1000, 1500, 400"
    })
    void a_hiccup_refuses_nobody_on_a_node_that_can_take_what_comes(double offered, double able, int lengthMs) {
        for (int seed = 0; seed < 40; seed++) {
            fresh(seed);
            for (int i = 0; i < 3; i++) {
                assertThat(second(offered / 3, able).refused()).isZero();
            }
            for (int i = 0; i < 4; i++) {
                assertThat(second(offered, able).refused()).isZero();
            }
            for (int i = 0; i < 5; i++) {
                var stop = during(lengthMs, offered, 0);
                var after = during(5_000, offered, able);
                assertThat(stop.refused() + after.refused()).as("seed %s", seed).isZero();
            }
        }
    }

    @Test
    void a_cold_node_refuses_nobody_of_a_hundred_a_second() {
        for (int seed = 0; seed < 40; seed++) {
            fresh(seed);
            var seen = during(900, 100, 0);
            for (int able = 40; able <= 400; able *= 2) {
                seen = seen.and(second(100, able));
            }
            seen = seen.and(second(100, 400)).and(second(100, 400));
            assertThat(seen.offered()).isGreaterThan(600);
            assertThat(seen.refused()).as("seed %s", seed).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 400, 800, 1_500})
    void at_three_times_the_load_engines_work_at_their_full_speed_and_nobody_let_in_waits_long(int able) {
        for (int seed = 0; seed < 20; seed++) {
            fresh(seed);
            for (int i = 0; i < 10; i++) {
                second(able * 0.8, able);
            }
            var start = second(able * 3, able).and(second(able * 3, able)).and(second(able * 3, able));
            assertThat(start.longest()).isLessThan((able < 400 ? 2_000 : 1_100) * MS);
            for (int i = 0; i < 20; i++) {
                var seen = second(able * 3, able);
                assertThat((double) seen.taken()).isBetween(able * 0.95, able * 1.05);
                assertThat(seen.longest()).isLessThan(800 * MS);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {310, 400, 450})
    void a_long_way_is_no_queue(int wayMs) {
        for (int seed = 0; seed < 20; seed++) {
            fresh(seed);
            way = wayMs * MS;
            var seen = during(10_000, 200, 400);
            assertThat(seen.refused()).isLessThan(seen.offered() / 20);
            seen = during(20_000, 600, 400);
            assertThat((double) seen.taken()).isGreaterThan(0.9 * 400 * 20);
            assertThat(seen.longest()).isLessThan(1_300 * MS);
        }
    }

    @Test
    void when_the_flood_is_over_everybody_is_let_in_again() {
        for (int i = 0; i < 20; i++) {
            second(1_200, 400);
        }
        second(200, 400);
        for (int i = 0; i < 10; i++) {
            assertThat(second(200, 400).refused()).isZero();
        }
        assertThat(window.size()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void engines_that_stop_are_noticed_and_engines_that_go_on_as_well() {
        second(400, 800);
        for (int i = 0; i < 8; i++) {
            second(400, 0);
        }
        assertThat(second(400, 0).refused()).isGreaterThan(390);
        assertThat(window.size()).isEqualTo(10);

        for (int i = 0; i < 4; i++) {
            second(400, 800);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(second(400, 800).refused()).isZero();
        }
    }

    @Test
    void lonely_callers_who_wait_long_are_no_queue() {
        for (int i = 0; i < 60; i++) {
            during(1, 1_000, 0);
            during(250, 0, 0);
            during(10, 0, 1_000);
            during(740, 0, 1_000);
        }
        assertThat(window.size()).isEqualTo(300);
    }
}
