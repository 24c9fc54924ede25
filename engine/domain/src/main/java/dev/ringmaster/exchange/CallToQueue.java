package dev.ringmaster.exchange;

import dev.ringmaster.base.PhoneNumber;
import java.time.Instant;
import java.util.Set;

/// What a waiting call tells its group's queue: again after recovery and every 2 s as a lease.
public sealed interface CallToQueue {
    String callId();

    /// I wait. `since` and `priority` are my place; `offered` while an offer of mine is open.
    ///
    /// @param order the call's event number, so that an older notice never undoes a newer one
    /// @param passedOver agents who let this call ring out in this wait; tried last
    record Waits(
            String callId,
            String instanceId,
            PhoneNumber from,
            Instant since,
            int priority,
            boolean offered,
            long order,
            Set<String> passedOver)
            implements CallToQueue {
        public Waits {
            passedOver = Set.copyOf(passedOver);
        }
    }

    /// I no longer wait here. Owed until confirmed.
    record Left(String callId, long order) implements CallToQueue {}
}
