package dev.ringmaster.tenant;

/// A number with outbound function that an agent may show to the callee (AGT-032), and the line it belongs to.
public record CallerNumber(String number, String description, String area, String trunkId) {}
