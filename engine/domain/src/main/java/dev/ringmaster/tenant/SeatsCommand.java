package dev.ringmaster.tenant;

import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.Doubt;

/// What the seat ledger of an instance can be asked or told.
public sealed interface SeatsCommand {
    /// Keep a human seat for this agent for a moment; she takes it when her work starts.
    ///
    /// @param granted human seats of the instance now
    record Hold(String token, String agentId, int granted) implements SeatsCommand {}

    record FromAgent(AgentToSeats message) implements SeatsCommand {}

    /// The auditor doubts what the ledger says.
    record Doubted(Doubt doubt) implements SeatsCommand {}

    /// Asked by the ledger, the agent has said that she does not sit on this seat.
    record NotSeated(String token, String agentId) implements SeatsCommand {}

    /// Its own timer.
    record DeadlinePassed() implements SeatsCommand {}
}
