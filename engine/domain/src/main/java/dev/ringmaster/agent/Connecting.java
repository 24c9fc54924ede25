package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import java.time.Instant;
import java.util.Optional;

/// She has answered; the call has still to agree. The page says IN_CALL, connecting (T6).
public record Connecting(Served served, boolean automatic, Instant since, Instant idleSince) implements Duty {
    @Override
    public String name() {
        return "IN_CALL";
    }

    @Override
    public String cause() {
        return automatic ? "autoAnswer" : "answer";
    }

    @Override
    public Optional<Served> call() {
        return Optional.of(served);
    }

    @Override
    public boolean serves() {
        return true;
    }

    @Override
    public boolean beeps() {
        return automatic;
    }

    @Override
    public Duty told(long lineVersion) {
        return new Connecting(served.told(lineVersion), automatic, since, idleSince);
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.Answer(var _, var callId) when callId.equals(served.callId()) -> nothing();
            case AgentCommand.TakeBreak(var _, var reason) -> Wishes.note(agent, false, Optional.of(reason), now);
            case AgentCommand.GoOffWork _ -> Wishes.note(agent, true, Optional.empty(), now);
            case AgentCommand.FromCall(CallToAgent.Ring ring) when served.is(ring.token()) -> nothing();
            case AgentCommand.FromCall(CallToAgent.Withdrawn(var _, var token, var _))
            when served.is(token) -> gone(agent, now);
            // The call agreed and is over; its confirmation got lost on the way.
            case AgentCommand.FromCall(CallToAgent.Ended(var callId, var token, var by, var result))
            when served.is(token) ->
                accept(
                        new AgentEvent.AnswerAgreed(callId, token, now),
                        new AgentEvent.CallFinished(callId, token, by, result, now));
            case AgentCommand.DeadlinePassed _ -> Sessions.forsakeWhenLostTooLong(agent, served, now);
            default -> Duty.otherwise(agent, command);
        };
    }

    /// The caller was faster: no wrap-up, nothing is her fault.
    Decision<AgentEvent> gone(Agent agent, Instant now) {
        return accept(Wishes.then(agent, new AgentEvent.OfferVoided(served.callId(), served.token(), now), now));
    }

    @Override
    public Optional<Instant> deadline(Agent agent) {
        return Sessions.forsakeAt(agent);
    }
}
