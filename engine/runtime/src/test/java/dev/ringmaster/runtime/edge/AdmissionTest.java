package dev.ringmaster.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// For which reasons an edge refuses a call, and that each is counted.
@Spec("SYS-014")
class AdmissionTest {
    private static final Telephony.Load IDLE = new Telephony.Load(0, 0, Duration.ZERO);

    private final AtomicLong nanos = new AtomicLong(7);
    private Duration journal = Duration.ZERO;
    private final Admission admission =
            new Admission(Admission.Limits.DEFAULT.withMaxCalls(500), nanos::get, () -> journal);

    private Optional<String> reason(int calls, int arrivals, Telephony.Load load) {
        return admission
                .refuse(calls, arrivals, nanos.get() - Duration.ofSeconds(2).toNanos(), load)
                .map(Telephony.TooMuch::reason);
    }

    @Test
    void an_idle_edge_takes_a_call() {
        assertThat(reason(0, 0, IDLE)).isEmpty();
        assertThat(admission.refusals()).isEmpty();
    }

    @Test
    void calls_and_callers_who_wait_for_theirs_are_counted_together() {
        assertThat(reason(490, 9, IDLE)).isEmpty();
        assertThat(reason(490, 10, IDLE)).contains("calls");
        assertThat(admission.refusals()).containsExactly(Map.entry("calls", 1L));
    }

    @Test
    void late_media_is_a_reason_when_calls_may_be_its_cause() {
        assertThat(reason(0, 0, new Telephony.Load(3, 0, Duration.ofMillis(131))))
                .isEmpty();
        assertThat(reason(0, 0, new Telephony.Load(300, 0, Duration.ofMillis(131))))
                .contains("mediaLate");
        assertThat(reason(0, 0, new Telephony.Load(300, 0, Duration.ofMillis(20))))
                .isEmpty();
    }

    @Test
    void a_journal_that_is_slow_for_seconds_is_a_reason_of_its_own() {
        journal = Duration.ofMillis(900);
        assertThat(reason(10, 0, IDLE)).isEmpty();
        journal = Duration.ofMillis(1_100);
        assertThat(reason(10, 0, IDLE)).contains("journalSlow");
        journal = Duration.ofMillis(5);
        assertThat(reason(10, 0, IDLE)).isEmpty();
        assertThat(admission.refusals()).containsExactly(Map.entry("journalSlow", 1L));
    }

    @Test
    void engines_that_take_nobody_within_the_time_are_behind() {
        for (int i = 0; i < 300; i++) {
            admission.taken(nanos.get());
        }
        for (int i = 0; i < 100; i++) {
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
            reason(10, 10, IDLE);
        }
        assertThat(reason(10, 10, IDLE)).contains("engineBehind");
        assertThat(reason(10, 2, IDLE)).isEmpty();
    }
}
