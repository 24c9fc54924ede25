package dev.ringmaster.agent;

import dev.ringmaster.agent.Agent.Note;
import dev.ringmaster.agent.Agent.Reservation;
import dev.ringmaster.agent.AgentEvent.*;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.Owed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// How each event changes an agent; never refuses, and knows no clock but the event's.
final class AgentReplay {
    private AgentReplay() {}

    static Agent apply(Agent agent, AgentEvent event) {
        var b = agent.but();
        switch (event) {
            case SessionOpened e -> sessionOpened(b, e);
            case SessionLost e -> b.presence = b.presence.lost(e.at());
            case LineOpened e -> b.presence = b.presence.lineOpened(e.line());
            case LineLost e -> b.presence = b.presence.lineLost(e.line(), e.at());
            case WorkStarted e -> workStarted(b, e);
            case BreakStarted e -> {
                b.duty = new Break(e.cause(), e.reason(), Optional.empty(), e.at());
                wrappedUp(b);
            }
            case WorkEnded e -> workEnded(b, e);
            case WorkContinued e -> {
                b.duty = new Idle("continued", e.at());
                b.notice = Optional.empty();
                wrappedUp(b);
            }
            case WishNoted e -> b.wish = e.wish();
            case Reserved e ->
                b.reservation = Optional.of(new Reservation(e.token(), e.callId(), e.groupId(), e.until()));
            case ReservationReleased e -> released(b, e.token());
            case OfferReceived e -> offerReceived(b, e);
            case OfferWithdrawn e -> {
                idleAgain(b, "withdrawn", e.at());
                b.close(e.token(), e.callId(), AnswerOutcome.GONE);
                notice(b, "OfferWithdrawn", e.callId(), e.reason(), e.at());
            }
            case OfferMissed e -> offerMissed(b, e);
            case OfferVoided e -> {
                idleAgain(b, "voided", e.at());
                b.close(e.token(), e.callId(), AnswerOutcome.GONE);
                b.pay(Debts.answered(e.token()));
                b.pay(Debts.missed(e.token()));
                notice(b, "OfferVoided", e.callId(), "", e.at());
            }
            case AnswerGiven e -> answerGiven(b, e);
            case AnswerAgreed e -> {
                b.pay(Debts.answered(e.token()));
                talking(b, e.at());
            }
            case DialBegun e -> dialBegun(b, e);
            case DialAnswered e -> {
                b.pay(Debts.dial(e.callId()));
                talking(b, e.at());
            }
            case DialFailed e -> dialFailed(b, e);
            case CallFinished e -> {
                leaveCall(b, e.at());
                b.close(e.token(), e.callId(), AnswerOutcome.AGREED);
                if (e.result().equals("CALL_LOSS")) {
                    notice(b, "CallLost", e.callId(), e.endedBy().name(), e.at());
                }
            }
            case CallForsaken e -> {
                leaveCall(b, e.at());
                b.close(e.token(), e.callId(), AnswerOutcome.AGREED);
                b.owe(new Owed.ToCall(
                        Debts.lost(e.token()), e.callId(), new AgentToCall.Lost(e.callId(), e.token(), b.agentId)));
                notice(b, "CallLost", e.callId(), "connection", e.at());
            }
            case NoteSaved e ->
                b.notes.replaceAll(
                        n -> n.callId().equals(e.callId()) ? new Note(n.callId(), n.required(), Optional.of(e)) : n);
            case AutoAnswerSet e -> b.autoAnswer = e.on();
            case TruthHealed _ -> {} // what follows from it are the events behind it
            case DebtPaid e -> b.pay(e.key());
        }
        return settled(b);
    }

    private static void sessionOpened(AgentBuilder b, SessionOpened e) {
        b.presence = b.presence.opened(e);
        var left = new ArrayList<>(b.leftGroups);
        b.profile.ifPresent(p -> left.addAll(p.groups()));
        left.removeIf(
                old -> e.profile().groups().stream().anyMatch(g -> g.groupId().equals(old.groupId())));
        b.leftGroups = left.stream().distinct().toList();
        b.profile = Optional.of(e.profile());
    }

    private static void workStarted(AgentBuilder b, WorkStarted e) {
        b.duty = new Idle("started", e.at());
        b.notice = Optional.empty();
        b.seat = Optional.of(e.seat());
        b.owe(new Owed.ToSeats(Debts.seatTaken(e.seat()), instance(b), new AgentToSeats.Taken(e.seat(), b.agentId)));
    }

    private static void workEnded(AgentBuilder b, WorkEnded e) {
        b.duty = new Off(e.cause(), e.at());
        b.seat.ifPresent(seat -> {
            b.pay(Debts.seatTaken(seat));
            b.owe(new Owed.ToSeats(Debts.seatFreed(seat), instance(b), new AgentToSeats.Freed(seat)));
        });
        b.seat = Optional.empty();
        b.presence = b.presence.lineDismissed(e.at());
        wrappedUp(b);
    }

    private static void released(AgentBuilder b, String token) {
        b.reservation.filter(r -> r.token().equals(token)).ifPresent(r -> {
            b.close(token, r.callId(), AnswerOutcome.NONE);
            b.reservation = Optional.empty();
        });
    }

    private static void offerReceived(AgentBuilder b, OfferReceived e) {
        b.reservation = Optional.empty();
        b.notice = Optional.empty();
        var idleSince = b.duty.since();
        b.duty = new Ringing(new Served(e.callId(), e.token(), e.card(), 0), e.until(), e.at(), idleSince);
    }

    private static void offerMissed(AgentBuilder b, OfferMissed e) {
        b.duty = new Break(e.cause(), Optional.empty(), Optional.of(e.token()), e.at());
        b.close(e.token(), e.callId(), AnswerOutcome.NONE);
        b.owe(new Owed.ToCall(
                Debts.missed(e.token()),
                e.callId(),
                new AgentToCall.Missed(e.callId(), e.token(), b.agentId, e.cause())));
        b.wish = b.wish.filter(Wish::off); // a wish for a break has come true
        notice(b, "OfferMissed", e.callId(), e.cause(), e.at());
    }

    private static void answerGiven(AgentBuilder b, AnswerGiven e) {
        if (!(b.duty instanceof Ringing ringing)) {
            return;
        }
        b.duty = new Connecting(
                ringing.served().told(b.presence.lineVersion()), e.automatic(), e.at(), ringing.idleSince());
        b.owe(new Owed.ToCall(
                Debts.answered(e.token()),
                e.callId(),
                new AgentToCall.Answered(e.callId(), e.token(), b.agentId, name(b), line(b))));
    }

    private static void dialBegun(AgentBuilder b, DialBegun e) {
        var card = e.card();
        b.duty = new Dialing(new Served(e.callId(), e.token(), card, b.presence.lineVersion()), b.duty, e.at());
        b.notice = Optional.empty();
        b.owe(new Owed.ToCall(
                Debts.dial(e.callId()),
                e.callId(),
                new AgentToCall.Dial(
                        e.callId(),
                        e.token(),
                        b.agentId,
                        name(b),
                        instance(b),
                        card.groupId(),
                        card.groupName(),
                        card.to(),
                        e.callerId(),
                        e.trunkId(),
                        card.remark(),
                        e.source(),
                        card.area(),
                        e.ringFor(),
                        line(b))));
    }

    private static void dialFailed(AgentBuilder b, DialFailed e) {
        b.close(e.token(), e.callId(), AnswerOutcome.NONE);
        b.pay(Debts.dial(e.callId()));
        forgetServed(b, e.token());
        if (b.duty instanceof Dialing dialing) {
            b.duty = switch (dialing.before()) {
                case Idle(var cause, var _) -> new Idle(cause, e.at());
                case Break(var cause, var reason, var missed, var _) -> new Break(cause, reason, missed, e.at());
                default -> dialing.before();
            };
        }
        notice(b, "DialFailed", e.callId(), e.result(), e.at());
    }

    private static void talking(AgentBuilder b, Instant at) {
        b.duty.call().ifPresent(call -> {
            b.duty = new InCall(call, b.duty instanceof Connecting c && c.automatic(), at);
            if (b.notes.stream().noneMatch(n -> n.callId().equals(call.callId()))) {
                b.notes.add(new Note(call.callId(), call.card().noteRequired(), Optional.empty()));
            }
        });
    }

    private static void leaveCall(AgentBuilder b, Instant at) {
        b.duty.call().ifPresent(call -> {
            b.pay(Debts.answered(call.token()));
            b.pay(Debts.dial(call.callId()));
            forgetServed(b, call.token());
            b.duty = new Acw(call.callId(), call.card(), at);
        });
    }

    private static void idleAgain(AgentBuilder b, String cause, Instant at) {
        var since = switch (b.duty) {
            case Ringing r -> r.idleSince();
            case Connecting c -> c.idleSince();
            default -> at;
        };
        b.duty = new Idle(cause, since);
    }

    /// Wrap-up is over: what need not be written, or is written, is put away.
    private static void wrappedUp(AgentBuilder b) {
        b.wish = Optional.empty();
        b.notes.removeIf(n -> !n.required() || n.saved().isPresent());
    }

    /// What follows from the new state whatever the event was: nobody is held who cannot ring, and her call is told
    /// where her voice is, once it is known that the call knows her.
    private static Agent settled(AgentBuilder b) {
        if (!b.build().canRing()) {
            b.reservation.ifPresent(r -> released(b, r.token()));
        }
        var knowsHer = b.duty instanceof InCall
                || (b.duty instanceof Dialing d && !b.owes(Debts.dial(d.served().callId())));
        var version = b.presence.lineVersion();
        b.duty.call().filter(c -> knowsHer && c.toldLine() != version).ifPresent(call -> {
            forgetServed(b, call.token());
            b.owe(new Owed.ToCall(
                    Debts.served(call.token(), version),
                    call.callId(),
                    new AgentToCall.ServedBy(call.callId(), call.token(), b.agentId, version, b.presence.line())));
            b.duty = b.duty.told(version);
        });
        return b.build();
    }

    private static void forgetServed(AgentBuilder b, String token) {
        b.debts.removeIf(d -> d.key().startsWith("served/" + token + "/"));
    }

    private static void notice(AgentBuilder b, String code, String callId, String detail, Instant at) {
        b.notice = Optional.of(new AgentScreen.Notice(code, at, Optional.of(callId), detail));
    }

    private static String name(AgentBuilder b) {
        return b.profile.map(AgentProfile::displayName).orElse("");
    }

    private static String instance(AgentBuilder b) {
        return b.profile.map(AgentProfile::instanceId).orElse("");
    }

    private static LineRef line(AgentBuilder b) {
        return b.presence.line().orElse(new LineRef("", ""));
    }
}
