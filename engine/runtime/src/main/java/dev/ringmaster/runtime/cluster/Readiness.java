package dev.ringmaster.runtime.cluster;

import java.util.List;

/// Whether this node can take calls, and if not, what is missing. Asked by the health door; cheap.
@FunctionalInterface
public interface Readiness {
    /// Empty: ready. Otherwise one sentence for each thing that is missing.
    List<String> missing();

    default boolean ready() {
        return missing().isEmpty();
    }
}
