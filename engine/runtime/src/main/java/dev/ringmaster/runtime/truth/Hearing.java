package dev.ringmaster.runtime.truth;

import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.runtime.wire.TruthMessage.Page;
import dev.ringmaster.tenant.SeatsFact;
import dev.ringmaster.truth.Claim;
import dev.ringmaster.truth.EdgeFact;
import dev.ringmaster.truth.Look;
import dev.ringmaster.truth.SessionFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The pages of one look, until every node has spoken.
final class Hearing {
    final long look;
    private final Set<String> expected;
    private final Map<String, Set<Integer>> heard = new HashMap<>();
    private final Map<String, Claim<CallFact>> calls = new HashMap<>();
    private final Map<String, Claim<AgentFact>> agents = new HashMap<>();
    private final Map<String, Claim<SeatsFact>> seats = new HashMap<>();
    private final Map<String, QueueFact> queues = new HashMap<>();
    private final Map<String, EdgeFact> edges = new HashMap<>();
    private final List<SessionFact> sessions = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();

    /// @param expected the nodes that are up
    Hearing(long look, Set<String> expected) {
        this.look = look;
        this.expected = new HashSet<>(expected);
    }

    void add(Page page) {
        if (page.look() != look) {
            return;
        }
        page.calls().forEach(claim -> calls.merge(claim.fact().callId(), claim, Hearing::later));
        page.agents().forEach(claim -> agents.merge(claim.fact().agentId(), claim, Hearing::later));
        page.seats().forEach(claim -> seats.merge(claim.fact().instanceId(), claim, Hearing::later));
        page.queues().forEach(queue -> queues.merge(queue.groupId(), queue, NodeFacts::joined));
        page.edges().forEach(edge -> edges.merge(edge.edge(), edge, NodeFacts::joined));
        sessions.addAll(page.sessions());
        closed.addAll(page.closed());
        var numbers = heard.computeIfAbsent(page.node(), _ -> new HashSet<>());
        numbers.add(page.number());
        if (numbers.size() == page.of()) {
            expected.remove(page.node());
        }
    }

    /// While an entity moves to another node both may still have a slip: the one that moved last speaks.
    private static <F> Claim<F> later(Claim<F> one, Claim<F> other) {
        return one.silent().compareTo(other.silent()) <= 0 ? one : other;
    }

    /// Nodes that have not spoken yet.
    Set<String> missing() {
        return Set.copyOf(expected);
    }

    boolean closed(String callId) {
        return closed.contains(callId);
    }

    boolean offDuty(String agentId) {
        var agent = agents.get(agentId);
        return agent != null && !agent.fact().open();
    }

    boolean unheld(String instanceId) {
        var ledger = seats.get(instanceId);
        return ledger != null && !ledger.fact().open();
    }

    Look look(Duration at, Look.Open open) {
        return new Look(at, calls, agents, seats, queues, edges, sessions, open);
    }
}
