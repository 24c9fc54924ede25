package dev.ringmaster.exchange;

import java.time.Duration;

/// What a queue asks of an agent.
public sealed interface QueueToAgent {
    String token();

    /// Keep yourself free for this call for so long. Refused when she is not free; the code is what
    /// she does: `BREAK`, `IN_CALL`, `RESERVED` …
    record Reserve(String token, String callId, String groupId, Duration holdFor) implements QueueToAgent {}

    /// The call does not want it: forget the reservation.
    record Release(String token) implements QueueToAgent {}
}
