package dev.ringmaster.runtime.entity;

import dev.ringmaster.runtime.clock.NodeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Time that stands still until the test moves it: the node's clock and the monotonic one.
public final class TestTime implements LongSupplier {
    public static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    public final NodeClock clock = new NodeClock(() -> START);

    /// Both clocks go on; every armed deadline looks again.
    public void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        clock.shiftTo(clock.shift().plus(duration));
    }

    /// Only the monotonic clock goes on: for leases and silence.
    public void passSilently(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
