package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import java.time.Instant;

/// Not on duty: neither inbound nor outbound (AGT-002, AGT-005).
///
/// @param cause `login` before she ever worked, `manual`, `lost`, `forced`, `noSeat`
public record Off(String cause, Instant since) implements Duty {
    @Override
    public String name() {
        return "OFF";
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.StartWork(var _, var seat) -> {
                if (agent.groups().isEmpty()) {
                    yield refuse("NoSkillGroup", "You are in no hotline skill group.");
                }
                yield agent.presence().connected()
                        ? accept(new AgentEvent.WorkStarted(seat, now))
                        : refuse("NoConnection", "Your connection is lost.");
            }
            case AgentCommand.Dial _ -> refuse("AgentOffDuty", "Start work before you call out.");
            case AgentCommand.ForceOff _ -> nothing();
            default -> Duty.otherwise(agent, command);
        };
    }
}
