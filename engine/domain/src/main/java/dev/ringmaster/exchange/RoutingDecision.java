package dev.ringmaster.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Why this agent got this call: journaled with the offer (the first 20 candidates with reasons, the rest as counts
/// per reason).
///
/// @param position the call's place in the queue when it was paired, 1 = head
public record RoutingDecision(
        String policy,
        int waiting,
        int position,
        Duration waited,
        List<Candidate> candidates,
        Map<String, Integer> restByReason) {
    /// Bound of `candidates`: more would bloat the journal, fewer would hide the neighbour who was passed over.
    public static final int MAX_CANDIDATES = 20;

    public RoutingDecision {
        candidates = List.copyOf(candidates);
        restByReason = Map.copyOf(restByReason);
    }

    /// @param reason `chosen`, `idleShorter`, `reserved`, `passedOver`, or the state she was in: `BREAK`, `IN_CALL`
    ///     …
    public record Candidate(String agentId, String state, Duration idleFor, String reason) {}
}
