package dev.ringmaster.media.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What an edge takes for late media when it decides whether to take a call.
@Spec("SYS-014")
class LatenessTest {
    private static final long MS = 1_000_000;
    private final Lateness lateness = new Lateness(0);

    /// A second of slots: the first of them as late as that, the others in time.
    private void second(int number, int late, Duration by) {
        for (int i = 0; i < 1_000; i++) {
            lateness.note(i < late ? by.toNanos() : MS / 10);
        }
        lateness.turn(number * 1_000L * MS + 1);
    }

    @Test
    void a_hiccup_is_seen_but_does_not_stand() {
        second(1, 0, Duration.ZERO);
        second(2, 200, Duration.ofMillis(200));
        second(3, 0, Duration.ZERO);
        assertThat(lateness.quantile(0.99)).isGreaterThan(Duration.ofMillis(100));
        assertThat(lateness.standing(0.99)).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void three_late_seconds_stand_until_one_is_good() {
        for (int i = 1; i <= 3; i++) {
            second(i, 200, Duration.ofMillis(200));
        }
        assertThat(lateness.standing(0.99)).isGreaterThan(Duration.ofMillis(100));
        second(4, 0, Duration.ZERO);
        assertThat(lateness.standing(0.99)).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void a_shard_without_members_misses_nothing() {
        var wheel = new SlotWheel(0);
        var called = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            wheel.add(_ -> called.incrementAndGet(), 60_000 * MS);
        }
        for (long ms = 60_000; ms <= 60_020; ms++) {
            wheel.advance(ms * MS, lateness, SlotWheel.Member::tick);
        }
        assertThat(called).hasValue(5);
        assertThat(lateness.quantile(1.0)).isLessThan(Duration.ofMillis(5));
    }
}
