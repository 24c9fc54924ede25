package dev.ringmaster.ivr;

/// One published version of a flow; what it points to never changes.
public record FlowRef(String flowId, int version) {}
