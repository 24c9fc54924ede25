package dev.ringmaster.exchange;

/// Which side ended a call. CALLER is the customer of an inbound call, CALLEE the customer of an outbound one.
public enum EndedBy {
    CALLER,
    CALLEE,
    AGENT,
    SYSTEM
}
