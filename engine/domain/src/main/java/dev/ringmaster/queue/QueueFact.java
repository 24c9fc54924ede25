package dev.ringmaster.queue;

import java.util.Map;
import java.util.Set;

/// What a queue says of itself, to be compared with what calls and agents say.
///
/// @param filling it has not heard from everybody yet, and so says of nobody that he is not there
/// @param calls who waits here, with the event number under which each said so
/// @param agents who is on duty here
public record QueueFact(String groupId, boolean filling, Map<String, Long> calls, Set<String> agents) {
    public QueueFact {
        calls = Map.copyOf(calls);
        agents = Set.copyOf(agents);
    }
}
