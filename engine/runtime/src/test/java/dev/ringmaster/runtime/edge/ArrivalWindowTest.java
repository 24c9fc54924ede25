package dev.ringmaster.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The window against engines of a known speed, under a clock of its own.
@Spec("SYS-009")
class ArrivalWindowTest {
    private static final long MS = 1_000_000;
    private static final long TARGET = 150 * MS;

    private final ArrivalWindow window = new ArrivalWindow(1_000, TARGET);
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final Random random = new Random(1);
    private long now = 5;
    private double ready;

    /// @param longest the longest wait of those who were taken
    private record Seen(int offered, int refused, int taken, long longest) {}

    /// Callers come at that rate, somewhat unevenly; engines take them in their order, so many a second.
    private Seen second(double offeredRate, double takenRate) {
        int offered = 0;
        int refused = 0;
        int taken = 0;
        long longest = 0;
        for (int ms = 0; ms < 1_000; ms++, now += MS) {
            for (int come = (int) (offeredRate / 1_000 + random.nextDouble()); come > 0; come--) {
                offered++;
                if (window.admits(waiting.size(), waiting.isEmpty() ? 0 : now - waiting.getFirst(), now)) {
                    waiting.addLast(now);
                } else {
                    refused++;
                }
            }
            ready = Math.min(takenRate / 1_000 + ready, takenRate / 100);
            for (; ready >= 1 && !waiting.isEmpty(); ready--) {
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

    @Test
    void at_three_times_the_load_engines_work_at_their_full_speed_and_nobody_let_in_waits_long() {
        for (int i = 0; i < 3; i++) {
            second(1_200, 400);
        }
        for (int i = 0; i < 20; i++) {
            var seen = second(1_200, 400);
            assertThat(seen.taken()).isBetween(380, 420);
            assertThat(seen.refused()).isGreaterThan(700);
            assertThat(seen.longest()).isLessThan(2 * TARGET);
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
    }

    @Test
    void engines_that_stop_are_noticed_and_engines_that_go_on_as_well() {
        second(400, 800);
        for (int i = 0; i < 3; i++) {
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
}
