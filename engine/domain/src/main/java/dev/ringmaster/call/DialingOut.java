package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.ivr.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An agent has dialled: one INVITE is out, nobody has answered yet.
///
/// @param sipStatus last provisional response, 0 = none
record DialingOut(
        CallFile file, Optional<LineRef> line, long lineVersion, int sipStatus, boolean earlyMedia, Instant since)
        implements Live {
    /// Longer sends an INVITE that the agent no longer expects; shorter loses dials on a busy edge.
    static final Duration GOOD_FOR = Duration.ofSeconds(10);

    /// After the ring time the edge reports the end by itself; when it has said nothing for this long, it will not.
    static final Duration HEAR_WITHIN = Duration.ofSeconds(32);

    CallFile.Dialled dialled() {
        return file.birth().dialled().orElseThrow();
    }

    @Override
    public DialingOut with(CallFile other) {
        return new DialingOut(other, line, lineVersion, sipStatus, earlyMedia, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.Control c when !c.agentId().equals(dialled().agentId()) -> otherwise(c);
            case CallCommand.HangUp _ ->
                accept(new CallEvent.CallEnded(EndedBy.AGENT, CallResult.OTHER, "cancelled", now));
            case CallCommand.Control _ -> refuse("InvalidCallState", "Nobody has answered yet.");
            case CallCommand.FromAgent(AgentToCall.ServedBy s)
            when s.token().equals(dialled().token()) && s.version() > lineVersion ->
                accept(new CallEvent.LineMoved(s.agentId(), s.version(), s.line(), now));
            case CallCommand.FromAgent(AgentToCall.Lost lost)
            when lost.token().equals(dialled().token()) ->
                accept(new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.OTHER, "agentLost", now));
            case CallCommand.DeadlinePassed _
            when !now.isBefore(due()) ->
                accept(new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.CALL_LOSS, "silent", now));
            default -> otherwise(command);
        };
    }

    private Instant due() {
        return since.plus(dialled().ringFor()).plus(GOOD_FOR).plus(HEAR_WITHIN);
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(due());
    }

    @Override
    public CallPlan.Hears hears() {
        return new CallPlan.Hears.Silence();
    }

    @Override
    public String phase() {
        return "DIALING";
    }
}
