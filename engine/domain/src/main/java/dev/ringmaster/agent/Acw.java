package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallCard;
import java.time.Instant;
import java.util.Optional;

/// Wrap-up after a call: no offers until she continues, and that only with her note saved (AGT-008, AGT-009).
public record Acw(String callId, CallCard card, Instant since) implements Duty {
    @Override
    public String name() {
        return "ACW";
    }

    @Override
    public String cause() {
        return "wrapUp";
    }

    @Override
    public Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.ContinueWork _ -> {
                if (agent.owesNote()) {
                    yield refuse("WrapUpRequired", "Save the note of this call first.");
                }
                yield agent.wish().isPresent()
                        ? accept(Wishes.carryOut(agent, now))
                        : accept(new AgentEvent.WorkContinued(now));
            }
            case AgentCommand.TakeBreak(var _, var reason) ->
                agent.owesNote()
                        ? Wishes.note(agent, false, Optional.of(reason), now)
                        : accept(new AgentEvent.BreakStarted("manual", Optional.of(reason), now));
            case AgentCommand.GoOffWork _ ->
                agent.owesNote()
                        ? Wishes.note(agent, true, Optional.empty(), now)
                        : accept(new AgentEvent.WorkEnded("manual", agent.agentId(), now));
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
