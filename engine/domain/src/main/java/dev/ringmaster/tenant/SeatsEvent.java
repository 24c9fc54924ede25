package dev.ringmaster.tenant;

import java.time.Instant;

/// What has happened to the human seats of an instance.
public sealed interface SeatsEvent {
    Instant at();

    record SeatHeld(String token, String agentId, int granted, Instant until, Instant at) implements SeatsEvent {}

    record SeatTaken(String token, String agentId, Instant at) implements SeatsEvent {}

    record SeatFreed(String token, String agentId, Instant at) implements SeatsEvent {}

    /// The auditor had doubts, the ledger has asked the holder, and something was wrong.
    ///
    /// @param kind name of a [dev.ringmaster.exchange.Doubt.Kind]
    /// @param about token of the seat
    /// @param with the agent who was asked
    /// @param did `seatFreed` or `woken`
    record TruthHealed(String kind, String about, String with, String did, Instant at) implements SeatsEvent {}

    /// Nobody took it in time.
    record HoldLapsed(String token, Instant at) implements SeatsEvent {}
}
