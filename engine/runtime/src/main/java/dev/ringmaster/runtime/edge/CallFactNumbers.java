package dev.ringmaster.runtime.edge;

/// Where an edge incarnation begins to number the facts of its legs.
final class CallFactNumbers {
    private CallFactNumbers() {}

    /// The milliseconds of the process start that the incarnation's name ends with; 1 when it has
    /// none. No leg has a fact a millisecond,
    /// so a later incarnation always counts higher.
    static long firstOf(String edge) {
        try {
            return Math.max(1, Long.parseLong(edge.substring(edge.lastIndexOf('#') + 1)));
        } catch (NumberFormatException _) {
            return 1;
        }
    }
}
