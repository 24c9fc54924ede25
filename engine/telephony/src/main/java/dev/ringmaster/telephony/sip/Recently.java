package dev.ringmaster.telephony.sip;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was a moment ago: each entry is remembered for five to ten seconds, at least as long as
/// copies of one INVITE come (64 T1 is for those who hear no answer at all; ours goes out). From
/// any thread.
final class Recently<T> {
    private static final long PERIOD_NANOS = 5_000_000_000L;

    /// Of one period; what comes beyond it is not remembered.
    private static final int MAX = 50_000;

    private volatile Map<String, T> now = new ConcurrentHashMap<>();
    private volatile Map<String, T> before = Map.of();
    private long turned = System.nanoTime();

    Optional<T> of(String name) {
        var known = now.get(name);
        return Optional.ofNullable(known == null ? before.get(name) : known);
    }

    void remember(String name, T what) {
        turn();
        if (now.size() < MAX) {
            now.putIfAbsent(name, what);
        }
    }

    private synchronized void turn() {
        if (System.nanoTime() - turned > PERIOD_NANOS) {
            turned = System.nanoTime();
            before = now;
            now = new ConcurrentHashMap<>();
        }
    }
}
