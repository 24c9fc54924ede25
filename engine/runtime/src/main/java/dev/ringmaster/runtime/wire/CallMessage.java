package dev.ringmaster.runtime.wire;

import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.FlowRef;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/// What a call's shell is sent.
public sealed interface CallMessage extends NodeMessage {
    /// A button. The same `commandId` again gets the same answer and is done once.
    record Ask(String commandId, CallCommand.Control command, ActorRef<Reply> replyTo) implements CallMessage {}

    /// First message of an inbound call; repeated by the edge until it hears `EdgeMessage.ArrivalKept`.
    record Arrived(CallCommand.Arrive arrive, ActorRef<EdgeMessage> edge) implements CallMessage {}

    /// Facts of one leg in their order, from the first that is not confirmed.
    record Facts(String legId, List<Numbered> facts, ActorRef<EdgeMessage> edge) implements CallMessage {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /// @param seq the leg's own numbering, from 1
    record Numbered(long seq, LegFact fact) {}

    /// Every 2 s: which legs of this call the edge holds, under which plan version.
    record Held(String edge, long planVersion, Set<String> legIds, ActorRef<EdgeMessage> from) implements CallMessage {
        public Held {
            legIds = Set.copyOf(legIds);
        }
    }

    /// What an agent owes this call; confirmed to the debtor under `key`.
    record Debt(Debtor debtor, String key, AgentToCall message) implements CallMessage {}

    record Confirmed(Confirmation confirmation) implements CallMessage {}

    record FromQueue(QueueToCall message) implements CallMessage {}

    /// Renewed every 2–5 s; ends by itself 10 s after the last.
    ///
    /// @param seen number of the last update that the watcher has, -1 = none: one that got lost is sent again
    record Watch(long seen, ActorRef<CallUpdate> watcher) implements CallMessage {}

    /// Recover if you sleep: you are open.
    record WakeUp() implements CallMessage {}

    /// The auditor doubts what this call says: look for yourself.
    record Doubted(Doubt doubt) implements CallMessage {}

    /// An edge asks whether this call plans the leg that it holds.
    record IsPlanned(String legId, String edge, ActorRef<EdgeMessage> from) implements CallMessage {}

    /// The edge's answer to `EdgeMessage.IsHeld`.
    record LegSaid(String legId, String edge, boolean held) implements CallMessage {}

    /// An agent asks what this call has for her under the token.
    record WhatOf(String agentId, String token) implements CallMessage {}

    /// The agent's answer to `AgentMessage.WhatOf`.
    record AgentSaid(String agentId, String token, boolean has) implements CallMessage {}

    /// The shell's own steps; they never leave the node.
    enum Own implements CallMessage {
        TICK,
        DEADLINE,
        CLOCK_SHIFTED,
        STOP,

        /// What could wait is written now.
        LATER
    }

    /// A published flow is in the cache now, or could not be read.
    record FlowRead(FlowRef ref, boolean found) implements CallMessage {}
}
