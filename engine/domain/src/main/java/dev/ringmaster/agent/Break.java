package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;

import dev.ringmaster.base.Decision;
import java.time.Instant;
import java.util.Optional;

/// A break: no inbound, outbound possible (AGT-004, AGT-011).
///
/// @param cause `manual`, `noAnswer` or `lost`
/// @param missed token of the offer that she missed, where that is the cause
public record Break(String cause, Optional<BreakReason> reason, Optional<String> missed, Instant since)
        implements Duty {
    @Override
    public String name() {
        return "BREAK";
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.ContinueWork _ ->
                agent.presence().connected()
                        ? accept(new AgentEvent.WorkContinued(now))
                        : Decision.refuse("NoConnection", "Your connection is lost.");
            case AgentCommand.GoOffWork _ -> accept(new AgentEvent.WorkEnded("manual", agent.agentId(), now));
            case AgentCommand.Dial dial -> Dialing.begin(agent, dial, now);
            case AgentCommand.ForceOff(var by) -> accept(new AgentEvent.WorkEnded("forced", by, now));
            case AgentCommand.DeadlinePassed _ -> Sessions.offWhenLostTooLong(agent, now);
            default -> Duty.otherwise(agent, command);
        };
    }

    @Override
    public Optional<Instant> deadline(Agent agent) {
        return Sessions.offAt(agent);
    }
}
