package dev.ringmaster.runtime.wire;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToAgent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/// What an agent's shell is sent.
public sealed interface AgentMessage extends NodeMessage {
    /// A command of her browser or of an administrator. The same `commandId` again gets the same answer and is done
    /// once.
    record Ask(String commandId, AgentCommand command, ActorRef<Reply> replyTo) implements AgentMessage {}

    /// A button that steers her running call: she checks session and call, the call decides and answers.
    record Steer(String commandId, long fence, String callId, CallCommand.Control control, ActorRef<Reply> replyTo)
            implements AgentMessage {}

    /// What a call owes this agent; confirmed to the debtor under `key`.
    record Debt(Debtor debtor, String key, CallToAgent message) implements AgentMessage {}

    record Confirmed(Confirmation confirmation) implements AgentMessage {}

    record FromQueue(String groupId, QueueToAgent message) implements AgentMessage {}

    /// The edge holds a line of hers: when it comes up, and every 2 s.
    ///
    /// @param up whether her voice can come through it
    record LineHeld(long fence, LineRef line, boolean up, ActorRef<EdgeMessage> edge) implements AgentMessage {}

    /// Her line is gone; repeated until the edge hears `EdgeMessage.LineLossKept`.
    record LineGone(LineRef line, ActorRef<EdgeMessage> edge) implements AgentMessage {}

    /// Her browser's session: alive, and wants to see her screen. Renewed every 2–5 s; 10 s of silence is a lost
    /// session.
    ///
    /// @param seen number of the last update that the watcher has, -1 = none: one that got lost is sent again
    record Watch(long fence, long seen, ActorRef<AgentUpdate> watcher) implements AgentMessage {}

    /// Which edge has her line or her call: a new line should go there.
    record WhereIsHerLine(long fence, ActorRef<LineHome> replyTo) implements AgentMessage {}

    /// @param current false: the fence is an older session's
    record LineHome(boolean current, Optional<String> edge) implements NodeMessage {}

    /// Recover if you sleep: you are open.
    record WakeUp() implements AgentMessage {}

    /// The auditor doubts what she says: look for yourself.
    record Doubted(Doubt doubt) implements AgentMessage {}

    /// A call asks what she has for it under the token.
    record WhatOf(String callId, String token) implements AgentMessage {}

    /// The call's answer to `CallMessage.WhatOf`.
    record CallSaid(String callId, String token, boolean has) implements AgentMessage {}

    /// The seat ledger asks whether she sits on this seat.
    record WhatOfSeat(String instanceId, String token) implements AgentMessage {}

    /// The shell's own steps; they never leave the node.
    enum Own implements AgentMessage {
        TICK,
        DEADLINE,
        CLOCK_SHIFTED,
        STOP
    }
}
