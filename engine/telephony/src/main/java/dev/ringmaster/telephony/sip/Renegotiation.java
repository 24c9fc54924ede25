package dev.ringmaster.telephony.sip;

import dev.ringmaster.call.LegEnd;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.Optional;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// Offers and answers within an established leg, both ways: the peer's hold and resume, refreshes of the session, and
/// the re-INVITE by which an edge takes a leg over (RFC 3261 §14, RFC 3311).
final class Renegotiation {
    private final SipLeg leg;
    private final Surroundings around;

    /// A re-INVITE that we have answered and that is not acknowledged yet.
    private final class Answered {
        private final Incoming invite;
        private final boolean answerInAck;
        private final Repeater repeater;

        private Answered(Incoming invite, SIPResponse ok, boolean answerInAck) {
            this.invite = invite;
            this.answerInAck = answerInAck;
            repeater = new Repeater(
                    around.loop(),
                    Repeater.T2,
                    () -> around.wire().replyWithoutTransaction(invite, ok),
                    () -> leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0)));
        }
    }

    private @Nullable Answered answered;
    private @Nullable SIPResponse lastOk;
    private boolean ourInviteIsOpen;
    private boolean ourUpdateIsOpen;
    private boolean takingOver;

    Renegotiation(SipLeg leg, Surroundings around) {
        this.leg = leg;
        this.around = around;
    }

    void invite(Incoming invite) {
        if (ourInviteIsOpen || ourUpdateIsOpen || answered != null) {
            around.counters().add("sip_reinvite_glare");
            reply(invite, Response.REQUEST_PENDING);
            return;
        }
        if (refusedInterval(invite)) {
            return;
        }
        var offer = Headers.sdp(invite.request());
        var description = offer.map(leg.audio()::answer)
                .orElseGet(() -> Optional.of(leg.audio().offer()));
        if (description.isEmpty()) {
            reply(invite, Response.NOT_ACCEPTABLE_HERE); // the session stays as it was (RFC 3261 §14.2)
            return;
        }
        leg.dialog().refreshTarget(invite.request());
        var ok = ok(invite);
        Headers.body(ok, "application", "sdp", description.get());
        around.wire().reply(invite, ok);
        lastOk = ok;
        answered = new Answered(invite, ok, offer.isEmpty());
    }

    /// A re-INVITE with a number that we have seen: the last one again, whose transaction has ended, or an old one.
    void repeated(Incoming invite) {
        var ok = lastOk;
        if (ok != null && ok.getCSeq().getSeqNumber() == invite.cseq()) {
            around.wire().reply(invite, (SIPResponse) ok.clone());
        } else {
            reply(invite, Response.SERVER_INTERNAL_ERROR);
        }
    }

    void ack(Incoming ack) {
        var open = answered;
        if (open == null || open.invite.cseq() != ack.cseq()) {
            return;
        }
        open.repeater.stop();
        answered = null;
        if (open.answerInAck) {
            Headers.sdp(ack.request()).ifPresent(leg.audio()::accept);
        }
    }

    void update(Incoming update) {
        var offer = Headers.sdp(update.request());
        if (offer.isPresent() && (ourInviteIsOpen || ourUpdateIsOpen)) {
            reply(update, Response.REQUEST_PENDING);
            return;
        }
        if (offer.isPresent() && answered != null) {
            var later = SipWire.response(
                    update, Response.SERVER_INTERNAL_ERROR, "", leg.dialog().localTag());
            Headers.set(later, "Retry-After", "2");
            around.wire().reply(update, later);
            return;
        }
        if (refusedInterval(update)) {
            return;
        }
        var description = offer.flatMap(leg.audio()::answer);
        if (offer.isPresent() && description.isEmpty()) {
            reply(update, Response.NOT_ACCEPTABLE_HERE);
            return;
        }
        leg.dialog().refreshTarget(update.request());
        var ok = ok(update);
        description.ifPresent(text -> Headers.body(ok, "application", "sdp", text));
        around.wire().reply(update, ok);
    }

    private boolean refusedInterval(Incoming request) {
        var min = around.config().minSessionInterval();
        if (!SessionTimer.tooShort(request.request(), min)) {
            return false;
        }
        var refusal = SipWire.response(
                request, 422, "Session Interval Too Small", leg.dialog().localTag());
        Headers.set(refusal, "Min-SE", String.valueOf(min.toSeconds()));
        around.wire().reply(request, refusal);
        return true;
    }

    private SIPResponse ok(Incoming request) {
        var ok = SipWire.response(request, Response.OK, "", leg.dialog().localTag());
        Headers.set(ok, "Contact", around.wire().contact(leg.dialog().transport()));
        Headers.allow(ok);
        Headers.supported(ok);
        leg.timer().onRequest(request.request(), ok);
        return ok;
    }

    private void reply(Incoming request, int status) {
        around.wire()
                .reply(
                        request,
                        SipWire.response(request, status, "", leg.dialog().localTag()));
    }

    /// Refreshes the session: UPDATE where the peer knows it, else a re-INVITE that repeats the description.
    void refresh() {
        if (!leg.isEstablished() || ourInviteIsOpen || ourUpdateIsOpen || answered != null) {
            return;
        }
        around.counters().add("sip_session_refreshes");
        if (leg.peerTakesUpdate()) {
            update();
        } else {
            invite();
        }
    }

    /// New sockets for an old dialog.
    void takeOver() {
        takingOver = true;
        invite();
    }

    private void update() {
        var update = leg.dialog().request(Request.UPDATE, around.wire(), around.hops());
        Headers.supported(update);
        leg.timer().ask(update, around.config().minSessionInterval(), false);
        ourUpdateIsOpen = true;
        around.wire().send(update, leg.dialog().transport(), new Answers() {
            @Override
            public void response(SIPResponse response) {
                if (response.getStatusCode() >= 200) {
                    ourUpdateIsOpen = false;
                    outcome(response);
                }
            }

            @Override
            public void lost() {
                ourUpdateIsOpen = false;
                leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
            }
        });
    }

    private void invite() {
        var invite = leg.dialog().request(Request.INVITE, around.wire(), around.hops());
        var cseq = leg.dialog().localCSeq();
        Headers.allow(invite);
        Headers.supported(invite);
        leg.timer().ask(invite, around.config().minSessionInterval(), false);
        Headers.body(invite, "application", "sdp", leg.audio().offer());
        ourInviteIsOpen = true;
        around.wire().send(invite, leg.dialog().transport(), new Answers() {
            @Override
            public void response(SIPResponse response) {
                var status = response.getStatusCode();
                if (status < 200 || leg.acknowledged(response)) {
                    return;
                }
                ourInviteIsOpen = false;
                if (status < 300) {
                    leg.acknowledge(cseq, leg.dialog().remoteTag());
                    Headers.sdp(response).ifPresent(leg.audio()::accept);
                }
                outcome(response);
            }

            @Override
            public void lost() {
                ourInviteIsOpen = false;
                leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
            }
        });
    }

    private void outcome(SIPResponse response) {
        var status = response.getStatusCode();
        if (status < 300) {
            leg.dialog().refreshTarget(response);
            leg.timer().onResponse(response);
            if (takingOver) {
                takingOver = false;
                leg.established();
            }
        } else if (status == Response.REQUEST_PENDING) {
            around.loop().after(backOff(), takingOver ? this::takeOver : this::refresh);
        } else if (takingOver
                || status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST
                || status == Response.REQUEST_TIMEOUT) {
            leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, status, 0));
        }
        // Another refusal of a refresh changes nothing: the session goes on as it was (RFC 3261 §14.1).
    }

    /// Both sides draw from different ranges, so that they do not collide again (RFC 3261 §14.1).
    private Duration backOff() {
        var seconds = leg.dialog().uac() ? 2.1 + 1.9 * Headers.fraction() : 2.0 * Headers.fraction();
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    void stop() {
        if (answered != null) {
            answered.repeater.stop();
            answered = null;
        }
    }
}
