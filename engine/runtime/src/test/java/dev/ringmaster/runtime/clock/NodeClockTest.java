package dev.ringmaster.runtime.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeClockTest {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

    private final NodeClock clock = new NodeClock(() -> NINE);

    @Test
    @Spec("SYS-008")
    void a_shift_moves_the_clock_ahead_and_wakes_whoever_waits() {
        var woken = new AtomicInteger();
        var subscription = clock.onShift(woken::incrementAndGet);
        clock.shiftTo(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(3_600));
        assertThat(clock.machine()).isEqualTo(NINE);
        assertThat(woken).hasValue(1);

        subscription.cancel();
        clock.shiftTo(Duration.ofHours(2));
        assertThat(woken).hasValue(1);
    }

    @Test
    void it_never_runs_back() {
        clock.shiftTo(Duration.ofHours(1));
        clock.shiftTo(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(3_600));
    }
}
