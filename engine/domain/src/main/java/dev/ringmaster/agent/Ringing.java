package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import java.time.Instant;
import java.util.Optional;

/// A call rings at her desk. She can answer it or let it ring out, never reject it (AGT-007).
///
/// @param idleSince since when she had been idle: an offer that comes to nothing does not send her to the end of the
/// line
public record Ringing(Served served, Instant until, Instant since, Instant idleSince) implements Duty {
    @Override
    public String name() {
        return "RINGING";
    }

    @Override
    public String cause() {
        return "offer";
    }

    @Override
    public Optional<Served> call() {
        return Optional.of(served);
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.Answer(var _, var callId)
            when callId.equals(served.callId()) ->
                agent.presence().line().isPresent()
                        ? accept(new AgentEvent.AnswerGiven(callId, served.token(), false, now))
                        : refuse("NoConnection", "Your audio line is not up yet.");
            case AgentCommand.Reject _ ->
                refuse("CannotReject", "An incoming call cannot be rejected: answer it, or let it ring out.");
            case AgentCommand.TakeBreak(var _, var reason) -> Wishes.note(agent, false, Optional.of(reason), now);
            case AgentCommand.GoOffWork _ -> Wishes.note(agent, true, Optional.empty(), now);
            case AgentCommand.FromCall(CallToAgent.Ring ring) when served.is(ring.token()) -> nothing();
            case AgentCommand.FromCall(CallToAgent.Withdrawn(var _, var token, var reason))
            when served.is(token) -> withdrawn(agent, reason, now);
            case AgentCommand.FromCall(CallToAgent.Ended(var _, var token, var _, var _))
            when served.is(token) -> withdrawn(agent, "ended", now);
            case AgentCommand.DeadlinePassed _
            when !now.isBefore(until) -> accept(Wishes.afterMiss(agent, missed("noAnswer", now), now));
            default -> Duty.otherwise(agent, command);
        };
    }

    private Decision<AgentEvent> withdrawn(Agent agent, String reason, Instant now) {
        return accept(
                Wishes.then(agent, new AgentEvent.OfferWithdrawn(served.callId(), served.token(), reason, now), now));
    }

    AgentEvent missed(String cause, Instant now) {
        return new AgentEvent.OfferMissed(served.callId(), served.token(), cause, now);
    }

    @Override
    public Optional<Instant> deadline(Agent agent) {
        return Optional.of(until);
    }
}
