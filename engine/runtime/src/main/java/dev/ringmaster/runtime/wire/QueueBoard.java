package dev.ringmaster.runtime.wire;

import dev.ringmaster.base.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One group's queue as it is now, at most 4 a second per watcher.
///
/// @param asOf when the queue actor drew it (its node's clock)
/// @param filling the queue was started again and has not yet heard from everybody: show "filling" instead of a count
/// @param longest how long the head of the queue has waited
/// @param agents agents on duty by name of their state
/// @param callers at most `MAX_CALLERS`, in order of their place
public record QueueBoard(
        String groupId,
        Instant asOf,
        boolean filling,
        int waiting,
        Optional<Instant> longestSince,
        Duration longest,
        Map<String, Integer> agents,
        List<Caller> callers)
        implements NodeMessage {
    /// A board shows at most so many callers: more would not fit a page nor a remoting frame.
    public static final int MAX_CALLERS = 200;

    public QueueBoard {
        agents = Map.copyOf(agents);
        callers = List.copyOf(callers);
    }

    /// @param offeredTo the agent whose phone rings for this caller
    public record Caller(String callId, PhoneNumber from, Instant since, int priority, Optional<String> offeredTo) {}
}
