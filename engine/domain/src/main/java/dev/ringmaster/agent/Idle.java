package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.QueueToAgent;
import java.time.Instant;
import java.util.Optional;

/// On line, waiting for a call. A queue may hold her for a moment; the page still says idle.
public record Idle(String cause, Instant since) implements Duty {
    @Override
    public String name() {
        return "IDLE";
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.FromQueue(QueueToAgent.Reserve reserve) -> reserved(agent, reserve, now);
            case AgentCommand.FromQueue(QueueToAgent.Release(var token))
            when holds(agent, token) -> accept(new AgentEvent.ReservationReleased(token, now));
            case AgentCommand.FromCall(CallToAgent.Ring ring)
            when holds(agent, ring.token()) && !lapsed(agent, now) && agent.canRing() -> rung(agent, ring, now);
            case AgentCommand.FromCall(CallToAgent.Withdrawn(var _, var token, var _))
            when holds(agent, token) -> accept(new AgentEvent.ReservationReleased(token, now));
            case AgentCommand.TakeBreak(var _, var reason) ->
                accept(new AgentEvent.BreakStarted("manual", Optional.of(reason), now));
            case AgentCommand.GoOffWork _ -> accept(new AgentEvent.WorkEnded("manual", agent.agentId(), now));
            case AgentCommand.ForceOff(var by) -> accept(new AgentEvent.WorkEnded("forced", by, now));
            case AgentCommand.Dial dial -> Dialing.begin(agent, dial, now);
            case AgentCommand.DeadlinePassed _
            when lapsed(agent, now) ->
                accept(new AgentEvent.ReservationReleased(
                        agent.reservation().orElseThrow().token(), now));
            case AgentCommand.DeadlinePassed _ -> Sessions.offWhenLostTooLong(agent, now);
            default -> Duty.otherwise(agent, command);
        };
    }

    private static Decision<AgentEvent> reserved(Agent agent, QueueToAgent.Reserve reserve, Instant now) {
        var token = reserve.token();
        if (agent.isClosed(token) || !agent.canRing()) {
            return Duty.notFree("IDLE"); // an offer that is over, or no line just now
        }
        if (holds(agent, token)) {
            return lapsed(agent, now) ? Duty.notFree("IDLE") : nothing();
        }
        var hold =
                new AgentEvent.Reserved(token, reserve.callId(), reserve.groupId(), now.plus(reserve.holdFor()), now);
        if (agent.reservation().isEmpty()) {
            return accept(hold);
        }
        return lapsed(agent, now)
                ? accept(
                        new AgentEvent.ReservationReleased(
                                agent.reservation().get().token(), now),
                        hold)
                : Duty.notFree("RESERVED");
    }

    private static Decision<AgentEvent> rung(Agent agent, CallToAgent.Ring ring, Instant now) {
        var received =
                new AgentEvent.OfferReceived(ring.callId(), ring.token(), ring.card(), now.plus(ring.ringFor()), now);
        return agent.autoAnswer()
                ? accept(received, new AgentEvent.AnswerGiven(ring.callId(), ring.token(), true, now))
                : accept(received);
    }

    private static boolean holds(Agent agent, String token) {
        return agent.reservation().filter(r -> r.token().equals(token)).isPresent();
    }

    private static boolean lapsed(Agent agent, Instant now) {
        return agent.reservation().filter(r -> !now.isBefore(r.until())).isPresent();
    }

    @Override
    public Optional<Instant> deadline(Agent agent) {
        var lost = Sessions.offAt(agent);
        var lapse = agent.reservation().map(Agent.Reservation::until);
        return lapse.filter(l -> lost.isEmpty() || l.isBefore(lost.get())).or(() -> lost);
    }
}
