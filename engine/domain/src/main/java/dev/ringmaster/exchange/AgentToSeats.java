package dev.ringmaster.exchange;

/// What an agent tells the seat ledger of her instance (TEN-013). Held seats are asked for by `token` before work
/// starts.
public sealed interface AgentToSeats {
    String token();

    /// She is on duty under this seat.
    record Taken(String token, String agentId) implements AgentToSeats {}

    /// She is off duty: the seat is free.
    record Freed(String token) implements AgentToSeats {}
}
