package dev.ringmaster.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T01:00:00Z"));
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    @Spec("SYS-012")
    void an_address_that_guesses_waits_until_the_minute_is_over_and_others_do_not() {
        for (var i = 0; i < LoginThrottle.FAILURES_A_MINUTE; i++) {
            assertThat(throttle.allows("192.0.2.1")).isTrue();
            throttle.failed("192.0.2.1");
        }
        assertThat(throttle.allows("192.0.2.1")).isFalse();
        assertThat(throttle.allows("192.0.2.2")).isTrue();

        now.set(now.get().plusSeconds(59));
        assertThat(throttle.allows("192.0.2.1")).isFalse();
        now.set(now.get().plusSeconds(1));
        assertThat(throttle.allows("192.0.2.1")).isTrue();
        throttle.failed("192.0.2.1");
        assertThat(throttle.allows("192.0.2.1")).isTrue();
    }
}
