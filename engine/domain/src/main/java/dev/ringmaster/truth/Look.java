package dev.ringmaster.truth;

import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.tenant.SeatsFact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One look at everything: what all owners said within a moment. Only a look in which every node has spoken is one,
/// because half of the rules conclude from what is not there.
///
/// @param at when, on the auditor's own clock that only runs forward
/// @param edges by incarnation
/// @param open who is open by the journal, less who has said meanwhile that it has closed
public record Look(
        Duration at,
        Map<String, Claim<CallFact>> calls,
        Map<String, Claim<AgentFact>> agents,
        Map<String, Claim<SeatsFact>> seats,
        Map<String, QueueFact> queues,
        Map<String, EdgeFact> edges,
        List<SessionFact> sessions,
        Open open) {
    public Look {
        calls = Map.copyOf(calls);
        agents = Map.copyOf(agents);
        seats = Map.copyOf(seats);
        queues = Map.copyOf(queues);
        edges = Map.copyOf(edges);
        sessions = List.copyOf(sessions);
    }

    /// Ids that the journal has open.
    public record Open(Set<String> calls, Set<String> agents, Set<String> instances) {
        public static final Open NOTHING = new Open(Set.of(), Set.of(), Set.of());

        public Open {
            calls = Set.copyOf(calls);
            agents = Set.copyOf(agents);
            instances = Set.copyOf(instances);
        }
    }
}
