package dev.ringmaster.runtime.wire;

/// Marks what may travel between nodes: bound to jackson-cbor in `cluster-config/reference`.
public interface NodeMessage {}
