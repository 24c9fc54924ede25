package dev.ringmaster.queue;

import dev.ringmaster.base.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group's queue as it is now (HOT-015, REP-013).
///
/// @param filling not everybody has been heard from since the start: show words instead of a count
/// @param waiting callers who wait and ring nowhere
/// @param longestSince since when the head of the queue has waited
/// @param agents agents on duty by the name of their state
/// @param callers in the order of their places, those who ring included
public record Board(
        boolean filling,
        int waiting,
        Optional<Instant> longestSince,
        Map<String, Integer> agents,
        List<Caller> callers) {
    public Board {
        agents = Map.copyOf(agents);
        callers = List.copyOf(callers);
    }

    /// @param offeredTo the agent whose phone rings for this caller
    public record Caller(String callId, PhoneNumber from, Instant since, int priority, Optional<String> offeredTo) {}
}
