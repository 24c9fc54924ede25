package dev.ringmaster.simulation;

import org.jspecify.annotations.Nullable;

/// A host with a clock of its own, on which a process of ours is started again whenever it has ended.
final class Site {
    final String name;

    /// How far its clock is from the true time, in ms; within the 500 ms that readiness allows between two nodes.
    long clockOffset;

    @Nullable
    Machine machine;

    Site(String name, long clockOffset) {
        this.name = name;
        this.clockOffset = clockOffset;
    }
}
