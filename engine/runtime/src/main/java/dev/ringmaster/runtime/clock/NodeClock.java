package dev.ringmaster.runtime.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The one clock of a node: every event stamp and every deadline comes from it. A test profile may move it ahead; it
/// never runs back.
public final class NodeClock implements InstantSource {
    private final InstantSource source;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile Duration shift;

    public NodeClock(InstantSource source) {
        this(source, Duration.ZERO);
    }

    /// @param shift distance to the machine's clock at the start; a test clock may begin in the machine's past
    public NodeClock(InstantSource source, Duration shift) {
        this.source = source;
        this.shift = shift;
    }

    /// In whole milliseconds, as every time is kept and shown: so a call's phases add up to the digit (HOT-019).
    @Override
    public Instant instant() {
        return source.instant().plus(shift).truncatedTo(ChronoUnit.MILLIS);
    }

    /// The machine's own time, without the shift.
    public Instant machine() {
        return source.instant();
    }

    /// How far this clock is ahead of the machine's.
    public Duration shift() {
        return shift;
    }

    /// Sets the distance to the machine's clock; a smaller one than now is ignored, because time never runs back.
    /// Everybody who waits for
    /// a moment looks again.
    public synchronized void shiftTo(Duration newShift) {
        if (newShift.compareTo(shift) > 0) {
            shift = newShift;
            listeners.forEach(Runnable::run);
        }
    }

    /// Runs `listener` after every shift, on the thread that shifts; it must return at once.
    public Subscription onShift(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// An open interest in shifts.
    @FunctionalInterface
    public interface Subscription {
        void cancel();
    }
}
