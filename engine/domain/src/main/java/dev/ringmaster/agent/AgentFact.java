package dev.ringmaster.agent;

import dev.ringmaster.exchange.Owed;
import java.util.List;
import java.util.Optional;

/// What an agent says of herself, to be compared with what calls, queues and sessions say.
///
/// @param seq event number of the state that says it
/// @param open whether her entity must be awake
/// @param state name of her state
/// @param call the call that rings, is dialled or talks here
/// @param joined whether she serves that call: her line is, or is about to be, bridged with it
/// @param agreed whether the call has agreed to her
/// @param free whether a queue may give her a call now
/// @param groups groups of her profile
/// @param fence number of the session that counts
public record AgentFact(
        String agentId,
        String instanceId,
        long seq,
        boolean open,
        String state,
        Optional<Partner> call,
        boolean joined,
        boolean agreed,
        boolean free,
        List<String> groups,
        long fence) {
    public AgentFact {
        groups = List.copyOf(groups);
    }

    /// @param token under which call and agent know each other
    public record Partner(String callId, String token) {}

    public static AgentFact of(Agent agent, long seq) {
        return new AgentFact(
                agent.agentId(),
                agent.profile().map(AgentProfile::instanceId).orElse(""),
                seq,
                agent.open(),
                agent.duty().name(),
                agent.duty().call().map(served -> new Partner(served.callId(), served.token())),
                agent.duty().serves(),
                agent.duty() instanceof InCall,
                agent.canRing() && agent.reservation().isEmpty(),
                agent.groups().stream().map(AgentProfile.Group::groupId).toList(),
                agent.fence());
    }

    /// Whether she has anything for this call under this token: it rings, is dialled or talks here, or she owes it a
    /// word.
    public static boolean knows(Agent agent, String callId, String token) {
        return agent.duty()
                        .call()
                        .filter(served -> served.callId().equals(callId) && served.is(token))
                        .isPresent()
                || agent.owed().stream()
                        .anyMatch(owed -> owed instanceof Owed.ToCall(var _, var to, var message)
                                && to.equals(callId)
                                && message.token().equals(token));
    }
}
