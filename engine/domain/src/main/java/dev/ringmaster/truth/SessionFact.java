package dev.ringmaster.truth;

/// One browser's open session with a seat.
public record SessionFact(String sessionId, String agentId, String instanceId, long fence) {}
