package dev.ringmaster.runtime.edge;

/// Where an edge incarnation begins to number the facts of its legs.
final class FactNumbers {
    private FactNumbers() {}

    /// The process start that the incarnation's name ends with (ms), as microseconds; 1 when it has
    /// none. No edge has a thousand facts a
    /// millisecond, so a later incarnation always counts higher.
    static long firstOf(String edge) {
        try {
            return Math.max(1, Long.parseLong(edge.substring(edge.lastIndexOf('#') + 1)) * 1_000);
        } catch (NumberFormatException _) {
            return 1;
        }
    }
}
