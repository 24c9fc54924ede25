package dev.ringmaster.port;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Who must be awake, from a reader that has caught up with the journal's head of the moment it was asked.
@FunctionalInterface
public interface OpenEntities {
    CompletionStage<Open> open();

    /// @param calls ids of calls that have not ended or still owe
    /// @param agents ids of agents who are on duty, or still owe
    /// @param instances ids of instances whose seat ledger has holds
    record Open(Set<String> calls, Set<String> agents, Set<String> instances) {
        public Open {
            calls = Set.copyOf(calls);
            agents = Set.copyOf(agents);
            instances = Set.copyOf(instances);
        }
    }
}
