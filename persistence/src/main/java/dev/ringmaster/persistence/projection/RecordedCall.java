package dev.ringmaster.persistence.projection;

import java.util.Optional;

/// The record of this call (or what belongs to it: wrap-up, note, recording) can now be read.
public record RecordedCall(String instanceId, String callId, Optional<String> agentId) {}
