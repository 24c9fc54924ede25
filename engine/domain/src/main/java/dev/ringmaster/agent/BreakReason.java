package dev.ringmaster.agent;

/// Why she takes a break by herself (AGT-011).
public enum BreakReason {
    REST,
    MEAL,
    MEETING,
    TRAINING,
    COACHING
}
