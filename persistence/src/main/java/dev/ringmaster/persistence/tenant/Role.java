package dev.ringmaster.persistence.tenant;

/// What a person is in her instance. Nobody without a role does more than a plain agent (ADM-015).
public enum Role {
    AGENT,
    ADMIN
}
