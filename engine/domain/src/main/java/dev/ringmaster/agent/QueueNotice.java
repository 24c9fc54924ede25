package dev.ringmaster.agent;

import dev.ringmaster.exchange.AgentToQueue;
import java.util.ArrayList;
import java.util.List;

/// What the queue of one group is to know about an agent.
public record QueueNotice(String groupId, AgentToQueue notice) {
    static List<QueueNotice> of(Agent agent, long order) {
        var onDuty = !(agent.duty() instanceof Off);
        var reserved = agent.reservation().isPresent();
        var notices = new ArrayList<QueueNotice>();
        for (var group : agent.groups()) {
            notices.add(new QueueNotice(
                    group.groupId(),
                    notice(agent, agent.duty().name(), agent.canRing() && !reserved, onDuty && reserved, order)));
        }
        for (var group : agent.leftGroups()) {
            notices.add(new QueueNotice(group.groupId(), notice(agent, "OFF", false, false, order)));
        }
        return notices;
    }

    private static AgentToQueue notice(Agent agent, String state, boolean free, boolean reserved, long order) {
        var profile = agent.profile();
        return new AgentToQueue(
                agent.agentId(),
                profile.map(AgentProfile::displayName).orElse(""),
                profile.map(AgentProfile::instanceId).orElse(""),
                state,
                free,
                reserved,
                agent.duty().since(),
                order);
    }
}
