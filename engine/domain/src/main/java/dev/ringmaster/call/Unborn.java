package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// No event yet: only an arriving INVITE or an agent's dial begins a call.
record Unborn(String callId) implements Call {
    @Override
    public Decision<CallEvent> decide(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.Arrive a -> arrive(a, now, flows);
            case CallCommand.FromAgent(AgentToCall.Dial d) -> accept(dial(d, now));
            case CallCommand.FromAgent(AgentToCall.Answered _), CallCommand.FromAgent(AgentToCall.Missed _) ->
                refuse("CallGone", "There is no such call.");
            case CallCommand.FromQueue(QueueToCall.Offer _) -> refuse("NotWaiting", "There is no such call.");
            case CallCommand.Fact _ -> refuse("UnknownLeg", "There is no such call.");
            case CallCommand.Doubted(var doubt) -> CallDoubts.doubted(this, doubt, now, flows);
            case CallCommand.Control _ -> refuse("NotYourCall", "There is no such call.");
            default -> nothing();
        };
    }

    private static Decision<CallEvent> arrive(CallCommand.Arrive a, Instant now, Flows flows) {
        var events = new ArrayList<CallEvent>();
        events.add(new CallEvent.CallArrived(
                a.instanceId(),
                a.legId(),
                a.edge(),
                a.trunkId(),
                a.from(),
                a.to(),
                a.displayName(),
                a.area(),
                a.flow(),
                a.surveyLevels(),
                a.dialog(),
                now));
        events.add(new CallEvent.CallAnswered(now));
        events.addAll(IvrWalk.start(flows.flow(a.flow()), now));
        return accept(events);
    }

    /// The leg goes out from the edge that holds her line: then her voice need not travel between edges.
    private CallEvent dial(AgentToCall.Dial d, Instant now) {
        return new CallEvent.DialStarted(
                d.instanceId(),
                callId + "-1",
                d.line().edge(),
                d.trunkId(),
                d.number(),
                d.callerId(),
                d.area(),
                d.remark(),
                d.source(),
                d.agentId(),
                d.agentName(),
                d.groupId(),
                d.groupName(),
                d.token(),
                d.line(),
                d.ringFor(),
                now);
    }

    @Override
    public Optional<CallPlan> plan(long version) {
        return Optional.empty();
    }

    @Override
    public List<Owed> owed() {
        return List.of();
    }

    @Override
    public Optional<CallScreen> screen() {
        return Optional.empty();
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public Optional<Instant> startedAt() {
        return Optional.empty();
    }
}
