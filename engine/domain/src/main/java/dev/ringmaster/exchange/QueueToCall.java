package dev.ringmaster.exchange;

/// What a queue tells a call.
public sealed interface QueueToCall {
    String groupId();

    /// This agent is reserved for you under this token. Refused when the call is gone or already offered.
    record Offer(String groupId, String token, String agentId, String agentName, RoutingDecision decision)
            implements QueueToCall {}

    /// The queue is filled (one whole lease) and nobody of the group is on duty (HOT-017).
    record NobodyOnDuty(String groupId) implements QueueToCall {}
}
