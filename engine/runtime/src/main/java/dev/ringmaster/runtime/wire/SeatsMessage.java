package dev.ringmaster.runtime.wire;

import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.Doubt;
import org.apache.pekko.actor.typed.ActorRef;

/// What the seat ledger of an instance is sent.
public sealed interface SeatsMessage extends NodeMessage {
    /// Keep a human seat for this agent. Answer: `seat`, the token of the held seat, or `NoHumanSeatFree`.
    ///
    /// @param token names the hold for good; the same one again holds nothing more
    /// @param granted seats of the instance now
    record Hold(String token, String agentId, int granted, ActorRef<Reply> replyTo) implements SeatsMessage {}

    record Debt(Debtor debtor, String key, AgentToSeats message) implements SeatsMessage {}

    record WakeUp() implements SeatsMessage {}

    /// The auditor doubts what the ledger says: look for yourself.
    record Doubted(Doubt doubt) implements SeatsMessage {}

    /// The agent's answer to `AgentMessage.WhatOfSeat`.
    record AgentSaid(String agentId, String token, boolean sits) implements SeatsMessage {}

    /// The shell's own steps; they never leave the node.
    enum Own implements SeatsMessage {
        TICK,
        DEADLINE,
        CLOCK_SHIFTED,
        STOP
    }
}
