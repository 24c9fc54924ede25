package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// What a call does about a doubt: nothing when it sees for itself that all is well, else it heals what is its own and
/// journals that it did.
final class CallDoubts {
    private CallDoubts() {}

    /// What can be decided without asking anybody.
    static Decision<CallEvent> doubted(Call call, Doubt doubt, Instant now, Flows flows) {
        var fact = CallFact.of(call, 0);
        var waitsThere =
                fact.flatMap(CallFact::waitsIn).filter(doubt.about()::equals).isPresent();
        return switch (doubt.kind()) {
            case NOT_LIVE -> call.open() ? accept(healed(doubt, "woken", now)) : nothing();
            case NOT_IN_QUEUE -> waitsThere ? accept(healed(doubt, "toldAgain", now)) : nothing();
            case WRONG_QUEUE -> waitsThere ? nothing() : accept(healed(doubt, "leftQueue", now));
            case LEG_UNPLANNED ->
                fact.stream()
                                .flatMap(f -> f.legs().stream())
                                .anyMatch(leg -> leg.legId().equals(doubt.about())
                                        && leg.edge().equals(doubt.with()))
                        ? nothing()
                        : accept(healed(doubt, "legClosed", now));
            case OWED_TOO_LONG ->
                call.owed().stream().anyMatch(owed -> owed.key().equals(doubt.about()))
                        ? accept(healed(doubt, "sentAgain", now))
                        : nothing();
            case OVERDUE ->
                call.deadline().filter(at -> !now.isBefore(at)).isPresent()
                        ? then(
                                healed(doubt, "deadlineKept", now),
                                call.decide(new CallCommand.DeadlinePassed(), now, flows))
                        : nothing();
            // These are asked of the other side first, or are not a call's.
            case LEG_MISSING,
                    CALL_WITHOUT_AGENT,
                    AGENT_WITHOUT_CALL,
                    RING_UNKNOWN,
                    FREE_NOT_IN_QUEUE,
                    SECOND_SESSION,
                    SEATS_OVER_GRANTED -> nothing();
        };
    }

    static Decision<CallEvent> legNotHeld(Live call, CallCommand.LegNotHeld said, Instant now) {
        var stands = call.file()
                .leg(said.legId())
                .filter(leg -> !leg.ended() && leg.edge().equals(said.edge()))
                .isPresent();
        return stands
                ? then(
                        healed(new Doubt(Doubt.Kind.LEG_MISSING, said.legId(), said.edge()), "legLost", now),
                        LegFacts.edgeLost(call, new CallCommand.EdgeLost(said.edge(), Optional.of(said.edge())), now))
                : nothing();
    }

    static Decision<CallEvent> agentHasNothing(Live call, CallCommand.AgentHasNothing said, Instant now, Flows flows) {
        return call instanceof Talking t
                        && t.agentId().equals(said.agentId())
                        && t.token().equals(said.token())
                ? then(
                        healed(
                                new Doubt(Doubt.Kind.CALL_WITHOUT_AGENT, said.token(), said.agentId()),
                                "agentReleased",
                                now),
                        call.react(
                                new CallCommand.FromAgent(
                                        new AgentToCall.Lost(call.file().callId(), said.token(), said.agentId())),
                                now,
                                flows))
                : nothing();
    }

    /// "Nothing for this token" is a promise: the token is closed before it is said.
    static Decision<CallEvent> askedUnder(Live call, CallCommand.AskedUnder asked, Instant now) {
        return call instanceof Ended
                        || CallFact.knows(call, asked.agentId(), asked.token())
                        || call.file().closed().contains(asked.token())
                ? nothing()
                : accept(
                        healed(new Doubt(Doubt.Kind.RING_UNKNOWN, asked.token(), asked.agentId()), "tokenClosed", now));
    }

    static Live apply(Live call, CallBuilder b, CallEvent.TruthHealed e) {
        switch (e.did()) {
            case "leftQueue" -> b.leave(e.about());
            case "tokenClosed" -> b.close(e.about());
            default -> {}
        }
        return call.with(b.build());
    }

    private static CallEvent.TruthHealed healed(Doubt doubt, String did, Instant now) {
        return new CallEvent.TruthHealed(doubt.kind().name(), doubt.about(), doubt.with(), did, now);
    }

    private static Decision<CallEvent> then(CallEvent.TruthHealed healed, Decision<CallEvent> follows) {
        var events = new ArrayList<CallEvent>();
        events.add(healed);
        if (follows instanceof Decision.Accepted<CallEvent>(var accepted)) {
            events.addAll(accepted);
        }
        return accept(events);
    }
}
