package dev.ringmaster.exchange;

/// A message that one owner must get across to another: derived from state, sent after the persist, after recovery
/// and every second until the receiver has confirmed `key`. The receiver acts once per token and confirms also what
/// it already has.
public sealed interface Owed {
    /// Names this message for good; the confirmation carries it.
    String key();

    record ToAgent(String key, String agentId, CallToAgent message) implements Owed {}

    record ToCall(String key, String callId, AgentToCall message) implements Owed {}

    record ToQueue(String key, String groupId, CallToQueue message) implements Owed {}

    record ToSeats(String key, String instanceId, AgentToSeats message) implements Owed {}
}
