package dev.ringmaster.runtime.entity;

import dev.ringmaster.runtime.clock.NodeClock;
import java.time.Instant;

/// One entity's time: the node's clock, but never before the entity's last event, so that no phase
/// is negative after a failover.
public final class EntityClock {
    private final NodeClock clock;
    private Instant last = Instant.MIN;

    public EntityClock(NodeClock clock) {
        this.clock = clock;
    }

    /// An event was applied, live or in replay.
    public void seen(Instant at) {
        if (at.isAfter(last)) {
            last = at;
        }
    }

    public Instant now() {
        var now = clock.instant();
        return now.isBefore(last) ? last : now;
    }
}
