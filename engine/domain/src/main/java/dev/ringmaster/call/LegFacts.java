package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the edges' facts mean to a call. Every fact becomes exactly one event that carries its number, so that a repeat
/// is known after a crash; what follows from it comes behind.
final class LegFacts {
    private LegFacts() {}

    static Decision<CallEvent> decide(Live call, CallCommand.Fact fact, Instant now, Flows flows) {
        var leg = call.file().leg(fact.legId());
        if (leg.isEmpty()) {
            return refuse("UnknownLeg", "The call has no such leg.");
        }
        if (leg.get().knows(fact.seq())) {
            return nothing();
        }
        return accept(events(call, leg.get(), fact.seq(), fact.fact(), now, flows));
    }

    private static List<CallEvent> events(Live call, Leg leg, long seq, LegFact fact, Instant now, Flows flows) {
        var id = leg.legId();
        var seen = List.<CallEvent>of(new CallEvent.FactSeen(id, seq, now));
        return switch (fact) {
            case LegFact.Progress(var status, var early) ->
                call instanceof DialingOut && !leg.ended()
                        ? List.of(new CallEvent.LegProgressed(id, seq, status, early, now))
                        : seen;
            case LegFact.Established(var dialog) -> leg.ended() ? seen : established(call, leg, seq, dialog, now);
            case LegFact.Digit(var key) ->
                call.wantsKeys() && !leg.ended()
                        ? with(new CallEvent.KeyPressed(id, seq, key, now), call.keyPressed(key.value(), now, flows))
                        : seen;
            case LegFact.PromptEnded(var generation, var played, var whole) ->
                generation == call.prompt()
                        ? with(
                                new CallEvent.PromptFinished(id, seq, generation, played, whole, now),
                                call.promptEnded(now, flows))
                        : seen;
            case LegFact.MediaTimeout(var silent) -> List.of(new CallEvent.MediaLost(id, seq, silent, now));
            case LegFact.Ended(var end) -> leg.ended() ? seen : ended(call, leg, seq, end, now);
            case LegFact.RecordingSealed r ->
                List.of(new CallEvent.RecordingSealed(
                        id, seq, r.recordingId(), r.part(), r.offset(), r.length(), r.bytes(), now));
            case LegFact.Quality q ->
                List.of(new CallEvent.QualityNoted(
                        id, seq, q.packetsReceived(), q.packetsLost(), q.jitterMs(), q.rttMs(), now));
        };
    }

    private static List<CallEvent> with(CallEvent first, List<CallEvent> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static List<CallEvent> established(Live call, Leg leg, long seq, SipDialog dialog, Instant now) {
        var event = new CallEvent.LegEstablished(leg.legId(), seq, dialog, now);
        if (!(call instanceof DialingOut dialing)) {
            return List.of(event);
        }
        var dialled = dialing.dialled();
        var events = new ArrayList<CallEvent>();
        events.add(event);
        events.add(new CallEvent.AgentConnected(
                dialled.agentId(),
                dialled.agentName(),
                dialled.token(),
                dialing.line().orElse(new LineRef(leg.edge(), "")),
                call.file().callId() + "-1",
                now));
        if (dialing.line().isEmpty()) {
            // Her line is down just now: the callee hears music until it is back.
            events.add(new CallEvent.LineMoved(dialled.agentId(), dialing.lineVersion(), dialing.line(), now));
        }
        return events;
    }

    private static List<CallEvent> ended(Live call, Leg leg, long seq, LegEnd end, Instant now) {
        var event = new CallEvent.LegEnded(leg.legId(), seq, end, now);
        return call instanceof Ended ? List.of(event) : List.of(event, over(call, end, now));
    }

    /// The customer's leg is gone, and with it the call.
    private static CallEvent over(Live call, LegEnd end, Instant now) {
        var remote = end.how() == LegEnd.How.REMOTE_HUNG_UP;
        if (call instanceof DialingOut) {
            var result = remote ? CallResult.OTHER : CallResults.of(end);
            var byCallee = remote || result == CallResult.BUSY || result == CallResult.REJECTED;
            return new CallEvent.CallEnded(byCallee ? EndedBy.CALLEE : EndedBy.SYSTEM, result, "notAnswered", now);
        }
        if (!remote) {
            return new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.CALL_LOSS, "legLost", now);
        }
        var talked = call.file().conversations() > 0;
        return new CallEvent.CallEnded(
                call.file().customerSide(), talked ? CallResult.SUCCESS : CallResult.ABANDONED, "hungUp", now);
    }

    /// The call is lost with the edge of its leg. A leg whose dialog is known gets its BYE from the successor; one that
    /// was never answered dies with the edge.
    static Decision<CallEvent> edgeLost(Live call, CallCommand.EdgeLost lost, Instant now) {
        var events = new ArrayList<CallEvent>();
        var hit = call.file().legs().stream()
                .filter(l -> !l.ended() && l.edge().equals(lost.edge()))
                .toList();
        for (var leg : hit) {
            if (leg.dialog().isEmpty()) {
                events.add(new CallEvent.LegEnded(leg.legId(), 0, new LegEnd(LegEnd.How.EDGE_LOST, 0, 0), now));
            } else {
                lost.successor()
                        .filter(successor -> !successor.equals(leg.edge()))
                        .ifPresent(successor -> events.add(new CallEvent.LegMoved(leg.legId(), successor, now)));
            }
        }
        if (!hit.isEmpty() && !(call instanceof Ended)) {
            events.add(new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.CALL_LOSS, "edgeLost", now));
        }
        return accept(events);
    }
}
