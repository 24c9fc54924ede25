package dev.ringmaster.agent;

import java.util.List;

/// What the entity needs to know of the person: copied from the reference data at each login to the line, journaled
/// when it has changed.
public record AgentProfile(String instanceId, String displayName, List<Group> groups) {
    public AgentProfile {
        groups = List.copyOf(groups);
    }

    public record Group(String groupId, String name) {}
}
