package dev.ringmaster.runtime.wire;

import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.tenant.SeatsFact;
import dev.ringmaster.truth.Claim;
import dev.ringmaster.truth.Contradiction;
import dev.ringmaster.truth.EdgeFact;
import dev.ringmaster.truth.SessionFact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/// What the auditor and the nodes say to each other.
public sealed interface TruthMessage extends NodeMessage {
    /// Say what everybody on your node says.
    ///
    /// @param look number of the look; answers to an older one are of no interest
    record Tell(long look, ActorRef<TruthMessage> replyTo) implements TruthMessage {}

    /// A part of one node's answer: a remoting frame holds 256 KiB. A queue or an edge may be spread over several.
    ///
    /// @param node unique address of the node
    /// @param number of this page, from 1
    /// @param of how many
    /// @param closed calls that have ended and owe nothing: nobody waits for more of them, so they only say that
    record Page(
            long look,
            String node,
            int number,
            int of,
            List<Claim<CallFact>> calls,
            List<Claim<AgentFact>> agents,
            List<Claim<SeatsFact>> seats,
            List<QueueFact> queues,
            List<EdgeFact> edges,
            List<SessionFact> sessions,
            List<String> closed)
            implements TruthMessage {
        public Page {
            calls = List.copyOf(calls);
            agents = List.copyOf(agents);
            seats = List.copyOf(seats);
            queues = List.copyOf(queues);
            edges = List.copyOf(edges);
            sessions = List.copyOf(sessions);
            closed = List.copyOf(closed);
        }
    }

    /// What the last look has shown, for every node's page and metrics.
    ///
    /// @param compared facts held against another, by instance
    /// @param standing oldest first, the list is cut
    /// @param byKind how many stand, by kind, of all
    /// @param healed the last ones that were doubted and are gone, newest first
    /// @param healedByKind since the auditor's start
    record Report(
            Instant asOf,
            Map<String, Long> compared,
            List<Standing> standing,
            Map<String, Long> byKind,
            long alarming,
            List<Healed> healed,
            Map<String, Long> healedByKind)
            implements TruthMessage {
        /// Bounds of the two lists: a page of findings is read, a flood of them is counted.
        public static final int MAX_STANDING = 100;

        public static final int MAX_HEALED = 50;

        public Report {
            compared = Map.copyOf(compared);
            standing = List.copyOf(standing);
            byKind = Map.copyOf(byKind);
            healed = List.copyOf(healed);
            healedByKind = Map.copyOf(healedByKind);
        }
    }

    /// @param asked how often its owner has been told
    record Standing(Contradiction contradiction, int asked) {}

    record Healed(Contradiction contradiction, Instant at) {}

    /// A session of this node shall ask its agent whether it still counts.
    record AskAgain(String sessionId) implements TruthMessage {}
}
