package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.EndedBy;
import java.time.Instant;
import java.util.ArrayList;

/// What an agent does about a doubt: nothing when she sees for herself that all is well, else she heals what is her
/// own and journals that she did.
final class AgentDoubts {
    private AgentDoubts() {}

    /// What can be decided without asking anybody.
    static Decision<AgentEvent> doubted(Agent agent, Doubt doubt, Instant now) {
        return switch (doubt.kind()) {
            case NOT_LIVE -> agent.open() ? accept(healed(doubt, "woken", now)) : nothing();
            case FREE_NOT_IN_QUEUE ->
                agent.canRing()
                                && agent.groups().stream()
                                        .anyMatch(g -> g.groupId().equals(doubt.about()))
                        ? accept(healed(doubt, "toldAgain", now))
                        : nothing();
            case SECOND_SESSION -> agent.fence() > 0 ? accept(healed(doubt, "sessionClosed", now)) : nothing();
            case OWED_TOO_LONG ->
                agent.owed().stream().anyMatch(owed -> owed.key().equals(doubt.about()))
                        ? accept(healed(doubt, "sentAgain", now))
                        : nothing();
            case OVERDUE ->
                agent.deadline().filter(at -> !now.isBefore(at)).isPresent()
                        ? then(healed(doubt, "deadlineKept", now), agent.decide(new AgentCommand.DeadlinePassed(), now))
                        : nothing();
            // These are asked of the other side first, or are not an agent's.
            case AGENT_WITHOUT_CALL,
                    RING_UNKNOWN,
                    LEG_UNPLANNED,
                    LEG_MISSING,
                    CALL_WITHOUT_AGENT,
                    NOT_IN_QUEUE,
                    WRONG_QUEUE,
                    SEATS_OVER_GRANTED -> nothing();
        };
    }

    /// Whatever rings, connects, is dialled or talks here under this token is over.
    static Decision<AgentEvent> callHasNothing(Agent agent, AgentCommand.CallHasNothing said, Instant now) {
        var callId = said.callId();
        var token = said.token();
        if (agent.duty()
                .call()
                .filter(served -> served.callId().equals(callId) && served.is(token))
                .isEmpty()) {
            return nothing();
        }
        var talks = agent.duty() instanceof InCall;
        CallToAgent over = switch (agent.duty()) {
            case InCall _ -> new CallToAgent.Ended(callId, token, EndedBy.SYSTEM, "CALL_LOSS");
            case Dialing _ -> new CallToAgent.DialFailed(callId, token, "OTHER");
            default -> new CallToAgent.Withdrawn(callId, token, "unknown");
        };
        var doubt = new Doubt(talks ? Doubt.Kind.AGENT_WITHOUT_CALL : Doubt.Kind.RING_UNKNOWN, token, callId);
        return then(
                healed(doubt, talks ? "callFinished" : "offerWithdrawn", now),
                agent.decide(new AgentCommand.FromCall(over), now));
    }

    private static AgentEvent.TruthHealed healed(Doubt doubt, String did, Instant now) {
        return new AgentEvent.TruthHealed(doubt.kind().name(), doubt.about(), doubt.with(), did, now);
    }

    private static Decision<AgentEvent> then(AgentEvent.TruthHealed healed, Decision<AgentEvent> follows) {
        var events = new ArrayList<AgentEvent>();
        events.add(healed);
        if (follows instanceof Decision.Accepted<AgentEvent>(var accepted)) {
            events.addAll(accepted);
        }
        return accept(events);
    }
}
