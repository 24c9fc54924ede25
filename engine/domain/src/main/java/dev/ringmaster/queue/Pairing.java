package dev.ringmaster.queue;

import dev.ringmaster.exchange.RoutingDecision;

/// A call and an agent who shall come together under this token: first the agent is asked to reserve herself, then the
/// call is offered her.
public record Pairing(String token, String callId, String agentId, String agentName, RoutingDecision decision) {}
