package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import java.time.Instant;
import java.util.Optional;

/// She talks, or has her caller on hold (which the call knows, not she).
///
/// @param automatic whether the call was answered for her
public record InCall(Served served, boolean automatic, Instant since) implements Duty {
    @Override
    public String name() {
        return "IN_CALL";
    }

    @Override
    public String cause() {
        return automatic ? "autoAnswer" : "call";
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
        return new InCall(served.told(lineVersion), automatic, since);
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.Steer(var _, var callId) when callId.equals(served.callId()) -> nothing();
            case AgentCommand.Answer(var _, var callId) when callId.equals(served.callId()) -> nothing();
            case AgentCommand.Dial dial
            when Dialing.callId(agent.agentId(), dial.clientToken()).equals(served.callId()) -> nothing();
            case AgentCommand.TakeBreak(var _, var reason) -> Wishes.note(agent, false, Optional.of(reason), now);
            case AgentCommand.GoOffWork _ -> Wishes.note(agent, true, Optional.empty(), now);
            case AgentCommand.FromCall(CallToAgent.Ring ring) when served.is(ring.token()) -> nothing();
            case AgentCommand.FromCall(CallToAgent.DialAnswered(var _, var token)) when served.is(token) -> nothing();
            case AgentCommand.FromCall(CallToAgent.Ended(var callId, var token, var by, var result))
            when served.is(token) -> accept(new AgentEvent.CallFinished(callId, token, by, result, now));
            case AgentCommand.DeadlinePassed _ -> Sessions.forsakeWhenLostTooLong(agent, served, now);
            default -> Duty.otherwise(agent, command);
        };
    }

    @Override
    public Optional<Instant> deadline(Agent agent) {
        return Sessions.forsakeAt(agent);
    }
}
