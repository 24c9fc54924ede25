package dev.ringmaster.exchange;

import java.time.Duration;

/// What a queue asks of an agent.
public sealed interface QueueToAgent {
    String token();

    /// Keep yourself free for this call for so long. Refused with her state when she is not free.
    record Reserve(String token, String callId, String groupId, Duration holdFor) implements QueueToAgent {}

    /// The call does not want it: forget the reservation.
    record Release(String token) implements QueueToAgent {}
}
