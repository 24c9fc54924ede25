package dev.ringmaster.runtime.wire;

import dev.ringmaster.exchange.AgentToQueue;
import dev.ringmaster.exchange.CallToQueue;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What a group's queue is sent.
public sealed interface QueueMessage extends NodeMessage {
    /// A waiting call's lease.
    record Waits(CallToQueue.Waits message) implements QueueMessage {}

    /// What a call owes this queue: that it has left.
    record Debt(Debtor debtor, String key, CallToQueue message) implements QueueMessage {}

    /// An agent's lease.
    record AgentTells(AgentToQueue notice) implements QueueMessage {}

    /// The agent has reserved herself, or refuses with a code.
    record ReserveAnswer(
            String token, String agentId, @Nullable String refusedBecause) implements QueueMessage {}

    /// The call has taken the offer, or refuses with a code.
    ///
    /// @param order the call's event number
    record OfferAnswer(
            String token,
            String callId,
            long order,
            @Nullable String refusedBecause) implements QueueMessage {}

    /// Renewed every 2–5 s; ends by itself 10 s after the last.
    ///
    /// @param withCallers whether the board lists the callers (administrators)
    record Watch(ActorRef<QueueBoard> watcher, boolean withCallers) implements QueueMessage {}

    record Look(ActorRef<QueueBoard> replyTo) implements QueueMessage {}

    /// The shell's own steps; they never leave the node.
    enum Own implements QueueMessage {
        TICK,
        STOP
    }
}
