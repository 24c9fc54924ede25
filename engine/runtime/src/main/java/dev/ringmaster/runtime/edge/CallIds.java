package dev.ringmaster.runtime.edge;

import java.util.concurrent.atomic.AtomicLong;

/// Draws the ids of inbound calls: in the order of time, and unique over nodes, restarts and
/// instances (REP-004). Peers reuse SIP Call-IDs,
/// so ours is never made of theirs.
final class CallIds {
    private final AtomicLong last = new AtomicLong();
    private final String suffix;

    /// @param edge this edge's incarnation, two of which never have the same name and start
    CallIds(String edge) {
        this.suffix = "%08x".formatted(edge.hashCode());
    }

    /// @param nowMs a time that never runs back by much; ids grow even if it does
    String next(long nowMs) {
        // 1024 calls per millisecond before ids run ahead of the clock.
        var number = last.updateAndGet(previous -> Math.max(previous + 1, nowMs << 10));
        return "call-%014x-%s".formatted(number, suffix);
    }
}
