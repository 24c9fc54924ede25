package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other threads or processes bring about.
final class Await {
    private Await() {}

    static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + 8_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("it did not happen in 8 s").isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }
}
