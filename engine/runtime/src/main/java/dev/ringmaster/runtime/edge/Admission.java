package dev.ringmaster.runtime.edge;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Decides whether an edge takes one more call. Calls already admitted are never hurt by new ones; each refusal has a
/// countable reason.
public final class Admission {
    private final Limits limits;
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    public Admission(Limits limits) {
        this.limits = limits;
    }

    /// @param maxCalls calls at once on this edge
    /// @param maxArrivals arrivals that no call has confirmed yet: the sign that the engines are behind
    /// @param retryAfterS what a refused caller's carrier is told
    public record Limits(int maxCalls, int maxArrivals, int retryAfterS) {
        public static final Limits DEFAULT = new Limits(2_000, 200, 5);
    }

    /// The reason to refuse, or empty: take the call.
    Optional<String> refuse(int calls, int unconfirmedArrivals) {
        Optional<String> reason = calls >= limits.maxCalls()
                ? Optional.of("calls")
                : unconfirmedArrivals >= limits.maxArrivals() ? Optional.of("engineBehind") : Optional.empty();
        reason.ifPresent(this::count);
        return reason;
    }

    void count(String reason) {
        refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    }

    int retryAfterS() {
        return limits.retryAfterS();
    }

    /// Refusals since the start by reason, for the metrics.
    public Map<String, Long> refusals() {
        var counts = new TreeMap<String, Long>();
        refused.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
