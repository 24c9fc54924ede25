package dev.ringmaster.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Lifts an event of an old shape to the next one, step by step until it is of today. A step never goes away:
/// events live for ever.
final class Upcasters {
    /// From this manifest …
    private static final Map<String, Step> STEPS = Map.of();

    private Upcasters() {}

    /// … to that one.
    record Step(String to, UnaryOperator<ObjectNode> change) {}

    record Lifted(String manifest, ObjectNode event) {}

    static boolean knows(String manifest) {
        return STEPS.containsKey(manifest);
    }

    static Lifted lift(String manifest, ObjectNode event) {
        var lifted = new Lifted(manifest, event);
        for (var step = STEPS.get(manifest); step != null; step = STEPS.get(lifted.manifest())) {
            lifted = new Lifted(step.to(), step.change().apply(lifted.event()));
        }
        return lifted;
    }
}
