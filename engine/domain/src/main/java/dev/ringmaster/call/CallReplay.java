package dev.ringmaster.call;

import dev.ringmaster.call.CallEvent.*;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.EndedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How each event changes a call; never refuses, and knows no clock but the event's.
final class CallReplay {
    /// Ends of offers after which the same agent is tried last; a refusal was no ring.
    private static final Set<String> PASSED_OVER = Set.of("noAnswer", "lost", "silent", "unconfirmed");

    /// Ends of offers of which the agent knows already.
    private static final Set<String> SHE_KNOWS = Set.of("noAnswer", "lost", "refused");

    /// Reasons of candidates who could have taken the call.
    private static final Set<String> FREE = Set.of("chosen", "idleShorter", "passedOver");

    private CallReplay() {}

    static Call apply(Call call, CallEvent event) {
        return switch (call) {
            case Unborn _ ->
                switch (event) {
                    case CallArrived e -> arrived(call, e);
                    case DialStarted e -> dialled(call, e);
                    default -> call;
                };
            case Live live -> next(live, new CallBuilder(live.file()), event);
        };
    }

    private static Call arrived(Call call, CallArrived e) {
        var birth = new CallFile.Birth(
                ((Unborn) call).callId(),
                e.instanceId(),
                Direction.INBOUND,
                e.from(),
                e.to(),
                e.displayName(),
                e.area(),
                Optional.of(e.flow()),
                e.surveyLevels(),
                Optional.empty(),
                e.at());
        var leg = Leg.of(e.legId(), e.edge(), Optional.of(e.dialog()));
        var file = CallBuilder.born(birth, leg, Optional.empty());
        return new Ivr(file, "", 1, List.of(), Optional.empty(), Optional.of(e.at()), e.at());
    }

    private static Call dialled(Call call, DialStarted e) {
        var birth = new CallFile.Birth(
                ((Unborn) call).callId(),
                e.instanceId(),
                Direction.OUTBOUND,
                e.callerId(),
                e.number(),
                Optional.empty(),
                e.area(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CallFile.Dialled(e.agentId(), e.agentName(), e.token(), e.trunkId(), e.ringFor())),
                e.at());
        var leg = Leg.of(e.legId(), e.edge(), Optional.empty());
        var file = CallBuilder.born(birth, leg, Optional.of(e.agentId()));
        return new DialingOut(file, Optional.of(e.line()), 0, 0, false, e.at());
    }

    private static Live next(Live call, CallBuilder b, CallEvent event) {
        return switch (event) {
            case CallArrived _, DialStarted _ -> call.with(b.build());
            case CallAnswered e -> {
                b.answeredAt = Optional.of(e.at());
                yield call.with(b.build());
            }
            case LegProgressed e -> progressed(call, b, e);
            case LegEstablished e -> {
                b.leg(e.legId(), l -> l.saw(e.fact()).establishedBy(e.dialog()));
                yield call.with(b.build());
            }
            case NodeEntered e -> nodeEntered(b, e);
            case KeyPressed e -> seen(call, b, e.legId(), e.fact());
            case PathExtended e -> {
                b.path.add(e.label());
                yield call.with(b.build());
            }
            case PromptFinished e -> promptFinished(call, b, e);
            case CallQueued e -> {
                b.comeBack(e.groupId());
                yield new Queued(b.build(), Place.of(e), Set.of(), e.at());
            }
            case CallOffered e -> offered(call, b, e);
            case RingConfirmed e -> ringConfirmed(call, b, e);
            case OfferEnded e -> offerEnded(call, b, e);
            case AgentConnected e -> connected(call, b, e);
            case LineMoved e -> lineMoved(call, b, e);
            case CallHeld e -> held(call, b, Optional.of(e.at()));
            case CallResumed e -> {
                b.held = b.held.plus(heldUntil(call, e.at()));
                yield held(call, b, Optional.empty());
            }
            case MuteChanged e -> muted(call, b, e.on());
            case DigitsSent e -> digits(call, b, e);
            case AgentReleased e -> released(call, b, e);
            case AnnouncementStarted e -> announced(call, b, e);
            case SurveyStarted e -> {
                b.generation = e.generation();
                yield new Survey(b.build(), e.levels(), e.attempt(), Optional.empty(), e.at());
            }
            case SurveyScored _ -> call.with(b.build());
            case MediaLost e -> seen(call, b, e.legId(), e.fact());
            case LegEnded e -> {
                b.leg(e.legId(), l -> l.saw(e.fact()).over());
                yield call.with(b.build());
            }
            case RecordingSealed e -> seen(call, b, e.legId(), e.fact());
            case QualityNoted e -> seen(call, b, e.legId(), e.fact());
            case FactSeen e -> seen(call, b, e.legId(), e.fact());
            case CallEnded e -> ended(call, b, e);
            case LegMoved e -> moved(call, b, e);
            case TruthHealed e -> CallDoubts.apply(call, b, e);
            case DebtPaid e -> {
                b.pay(e.key());
                yield call.with(b.build());
            }
        };
    }

    private static Live seen(Live call, CallBuilder b, String legId, long fact) {
        b.saw(legId, fact);
        return call.with(b.build());
    }

    private static Live progressed(Live call, CallBuilder b, LegProgressed e) {
        b.saw(e.legId(), e.fact());
        return call instanceof DialingOut d
                ? new DialingOut(
                        b.build(),
                        d.line(),
                        d.lineVersion(),
                        e.sipStatus(),
                        e.earlyMedia() || d.earlyMedia(),
                        d.since())
                : call.with(b.build());
    }

    private static Live nodeEntered(CallBuilder b, NodeEntered e) {
        b.generation = e.generation();
        var ended = e.prompts().isEmpty() ? Optional.of(e.at()) : Optional.<Instant>empty();
        return new Ivr(b.build(), e.nodeId(), e.attempt(), e.prompts(), e.keyTimeout(), ended, e.at());
    }

    private static Live promptFinished(Live call, CallBuilder b, PromptFinished e) {
        b.saw(e.legId(), e.fact());
        var file = b.build();
        return switch (call) {
            case Ivr i ->
                new Ivr(file, i.nodeId(), i.attempt(), i.prompts(), i.keyTimeout(), Optional.of(e.at()), i.since());
            case Survey s -> new Survey(file, s.levels(), s.attempt(), Optional.of(e.at()), s.since());
            default -> call.with(file);
        };
    }

    private static Live offered(Live call, CallBuilder b, CallOffered e) {
        if (!(call instanceof Queued q)) {
            return call.with(b.build());
        }
        var card = call.file().card(q.place(), why(e), e.at());
        b.tellAgent(
                CallDebts.ring(e.token()),
                e.agentId(),
                new CallToAgent.Ring(b.birth.callId(), e.token(), q.place().ringFor(), card));
        return new Offered(
                b.build(), q.place(), q.passedOver(), e.agentId(), e.agentName(), e.token(), Optional.empty(), e.at());
    }

    private static String why(CallOffered e) {
        var decision = e.decision();
        var free = decision.candidates().stream()
                        .filter(c -> FREE.contains(c.reason()))
                        .count()
                + decision.restByReason().getOrDefault("idleShorter", 0);
        return free <= 1 ? "the only one free" : "longest idle of " + free;
    }

    private static Live ringConfirmed(Live call, CallBuilder b, RingConfirmed e) {
        b.pay(CallDebts.ring(e.token()));
        return call instanceof Offered o
                ? new Offered(
                        b.build(),
                        o.place(),
                        o.passedOver(),
                        o.agentId(),
                        o.agentName(),
                        o.token(),
                        Optional.of(e.at()),
                        o.since())
                : call.with(b.build());
    }

    private static Live offerEnded(Live call, CallBuilder b, OfferEnded e) {
        if (!(call instanceof Offered o)) {
            return call.with(b.build());
        }
        b.pay(CallDebts.ring(e.token()));
        b.close(e.token());
        if (!SHE_KNOWS.contains(e.reason())) {
            withdraw(b, o, e.reason());
        }
        var passedOver = new HashSet<>(o.passedOver());
        if (PASSED_OVER.contains(e.reason())) {
            passedOver.add(e.agentId());
        }
        return new Queued(b.build(), o.place(), passedOver, e.at());
    }

    private static void withdraw(CallBuilder b, Offered o, String reason) {
        b.pay(CallDebts.ring(o.token()));
        b.tellAgent(
                CallDebts.withdrawn(o.token()),
                o.agentId(),
                new CallToAgent.Withdrawn(b.birth.callId(), o.token(), reason));
    }

    private static Live connected(Live call, CallBuilder b, AgentConnected e) {
        b.conversations++;
        b.lastAgent = Optional.of(e.agentId());
        b.pay(CallDebts.ring(e.token()));
        var place = Optional.<Place>empty();
        var lineVersion = 0L;
        if (call instanceof Offered o) {
            place = Optional.of(o.place());
            b.leave(o.place().groupId());
        }
        if (call instanceof DialingOut d) {
            lineVersion = d.lineVersion();
            b.answeredAt = Optional.of(e.at());
            b.tellAgent(
                    CallDebts.dialAnswered(e.token()),
                    e.agentId(),
                    new CallToAgent.DialAnswered(b.birth.callId(), e.token()));
        }
        return new Talking(
                b.build(),
                place,
                e.agentId(),
                e.agentName(),
                e.token(),
                Optional.of(e.line()),
                lineVersion,
                e.recordingId(),
                false,
                Optional.empty(),
                List.of(),
                e.at());
    }

    private static Live lineMoved(Live call, CallBuilder b, LineMoved e) {
        var file = b.build();
        return switch (call) {
            case Talking t -> t.with(file).movedTo(e.line(), e.version());
            case DialingOut d -> new DialingOut(file, e.line(), e.version(), d.sipStatus(), d.earlyMedia(), d.since());
            default -> call.with(file);
        };
    }

    private static Live held(Live call, CallBuilder b, Optional<Instant> since) {
        return call instanceof Talking t ? t.with(b.build()).held(since) : call.with(b.build());
    }

    private static Duration heldUntil(Live call, Instant at) {
        return call instanceof Talking t
                ? t.heldAt().map(since -> Duration.between(since, at)).orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private static Live muted(Live call, CallBuilder b, boolean on) {
        return call instanceof Talking t ? t.with(b.build()).muted(on) : call.with(b.build());
    }

    private static Live digits(Live call, CallBuilder b, DigitsSent e) {
        return call instanceof Talking t
                ? t.with(b.build()).sent(new CallPlan.Digits(e.id(), e.keys()))
                : call.with(b.build());
    }

    private static Live released(Live call, CallBuilder b, AgentReleased e) {
        b.held = b.held.plus(heldUntil(call, e.at()));
        if (!e.reason().equals("lost")) { // a lost agent has left by herself
            tellEnded(b, e.agentId(), e.token(), e.endedBy(), CallResult.SUCCESS);
        }
        return new Announcing(b.build(), Announcing.RELEASED, List.of(), e.at());
    }

    private static void tellEnded(CallBuilder b, String agentId, String token, EndedBy by, CallResult result) {
        b.pay(CallDebts.dialAnswered(token)); // that it ended says that it had begun
        b.tellAgent(CallDebts.ended(token), agentId, new CallToAgent.Ended(b.birth.callId(), token, by, result.name()));
    }

    private static Live announced(Live call, CallBuilder b, AnnouncementStarted e) {
        b.generation = e.generation();
        leaveQueue(call, b);
        return new Announcing(b.build(), e.kind(), e.prompts(), e.at());
    }

    private static void leaveQueue(Live call, CallBuilder b) {
        switch (call) {
            case Queued q -> b.leave(q.place().groupId());
            case Offered o -> b.leave(o.place().groupId());
            default -> {}
        }
    }

    private static Live ended(Live call, CallBuilder b, CallEnded e) {
        leaveQueue(call, b);
        b.held = b.held.plus(heldUntil(call, e.at()));
        switch (call) {
            case Offered o -> withdraw(b, o, e.cause());
            case Talking t -> tellEnded(b, t.agentId(), t.token(), e.endedBy(), e.result());
            case DialingOut d ->
                b.tellAgent(
                        CallDebts.dialFailed(d.dialled().token()),
                        d.dialled().agentId(),
                        new CallToAgent.DialFailed(
                                b.birth.callId(),
                                d.dialled().token(),
                                e.result().name()));
            default -> {}
        }
        return new Ended(b.build(), e.endedBy(), e.result(), e.cause(), e.at().plus(Ended.CLOSE_WITHIN), e.at());
    }

    private static Live moved(Live call, CallBuilder b, LegMoved e) {
        b.leg(e.legId(), l -> l.on(e.edge()));
        var file = b.build();
        return call instanceof Ended x
                ? new Ended(file, x.endedBy(), x.result(), x.cause(), e.at().plus(Ended.CLOSE_WITHIN), x.since())
                : call.with(file);
    }
}
