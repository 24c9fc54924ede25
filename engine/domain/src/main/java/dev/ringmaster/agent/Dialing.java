package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// She calls somebody; nobody has answered yet (T9, T16).
///
/// @param before what she did before, and returns to when nobody answers (T11)
public record Dialing(Served served, Duty before, Instant since) implements Duty {
    /// Longer keeps her waiting at a phone that nobody answers; shorter gives up on slow mobile networks.
    static final Duration RING_FOR = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "DIALING";
    }

    @Override
    public String cause() {
        return "dial";
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
    public Duty told(long lineVersion) {
        return new Dialing(served.told(lineVersion), before, since);
    }

    /// Her wish to dial, in IDLE, BREAK and ACW.
    static Decision<AgentEvent> begin(Agent agent, AgentCommand.Dial dial, Instant now) {
        var callId = callId(agent.agentId(), dial.clientToken());
        if (agent.closed().stream().anyMatch(c -> c.callId().equals(callId))) {
            return nothing(); // a repeat of a dial that is over
        }
        if (agent.groups().isEmpty()) {
            return refuse("NoSkillGroup", "You are in no hotline skill group.");
        }
        if (!agent.presence().connected() || agent.presence().line().isEmpty()) {
            return refuse("NoConnection", "Your audio line is not up.");
        }
        var group = agent.groups().getFirst();
        var card = new CallCard(
                callId,
                Direction.OUTBOUND,
                dial.callerId(),
                dial.number(),
                Optional.empty(),
                dial.area(),
                List.of(),
                group.groupId(),
                group.name(),
                "",
                Duration.ZERO,
                dial.remark(),
                false);
        return accept(new AgentEvent.DialBegun(
                callId, callId + "/dial", card, dial.callerId(), dial.trunkId(), dial.source(), RING_FOR, now));
    }

    /// The id of a dialled call is derived, so that a repeated command finds the same call.
    public static String callId(String agentId, String clientToken) {
        return "call-" + agentId + "-" + clientToken;
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.Dial dial
            when callId(agent.agentId(), dial.clientToken()).equals(served.callId()) -> nothing();
            case AgentCommand.Steer(var _, var callId) when callId.equals(served.callId()) -> nothing();
            case AgentCommand.FromCall(CallToAgent.DialAnswered(var callId, var token))
            when served.is(token) -> accept(new AgentEvent.DialAnswered(callId, token, now));
            case AgentCommand.FromCall(CallToAgent.DialFailed(var callId, var token, var result))
            when served.is(token) -> accept(new AgentEvent.DialFailed(callId, token, result, now));
            case AgentCommand.FromCall(CallToAgent.Ended(var callId, var token, var by, var result))
            when served.is(token) ->
                accept(
                        new AgentEvent.DialAnswered(callId, token, now),
                        new AgentEvent.CallFinished(callId, token, by, result, now));
            case AgentCommand.DeadlinePassed _ -> Sessions.forsakeWhenLostTooLong(agent, served, now);
            default -> Duty.otherwise(agent, command);
        };
    }

    @Override
    public Optional<Instant> deadline(Agent agent) {
        return Sessions.forsakeAt(agent);
    }
}
