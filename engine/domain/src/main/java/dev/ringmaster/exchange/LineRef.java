package dev.ringmaster.exchange;

/// An agent's standing line: which edge incarnation holds it and its id there.
public record LineRef(String edge, String lineId) {}
