package dev.ringmaster.telephony.sip;

import dev.ringmaster.call.LegEnd;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Optional;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// The INVITE by which a leg came in: provisional answers (reliable ones where the peer knows PRACK, RFC 3262), the
/// final
/// one, and its repeats until the ACK.
final class InboundInvite {
    private final SipLeg leg;
    private final Surroundings around;
    private final Incoming invite;
    private final Optional<String> offer;
    private final boolean reliable;
    private int rseq = (int) (Headers.number() % 100_000) + 1;
    private boolean pracked = true;
    private @Nullable Repeater repeater;
    private @Nullable SIPResponse success;
    private boolean rung;
    private boolean refused;
    private boolean acked;
    private boolean closeWhenAcked;

    InboundInvite(SipLeg leg, Surroundings around, Incoming invite, Optional<String> offer) {
        this.leg = leg;
        this.around = around;
        this.invite = invite;
        this.offer = offer;
        var required = Headers.lists(invite.request(), "Require", "100rel");
        // Without an offer the first reliable answer must carry one (RFC 3262 §5): then only if the peer insists.
        reliable = required || (offer.isPresent() && Headers.lists(invite.request(), "Supported", "100rel"));
    }

    Incoming request() {
        return invite;
    }

    boolean isFinal() {
        return success != null || refused;
    }

    /// 180, once.
    void ring() {
        if (rung || isFinal()) {
            return;
        }
        rung = true;
        var ringing = response(Response.RINGING, "");
        Headers.set(ringing, "Contact", around.wire().contact(invite.transport()));
        Headers.allow(ringing);
        if (!reliable) {
            around.wire().reply(invite, ringing);
            return;
        }
        rseq++;
        pracked = false;
        Headers.set(ringing, "Require", "100rel");
        Headers.set(ringing, "RSeq", String.valueOf(rseq));
        if (offer.isEmpty() && leg.openAudio()) {
            Headers.body(ringing, "application", "sdp", leg.audio().offer());
        }
        around.wire().reply(invite, ringing);
        repeater = new Repeater(
                around.loop(),
                Repeater.GIVE_UP, // doubling without an upper bound (RFC 3262 §3)
                () -> around.wire().replyWithoutTransaction(invite, ringing),
                () -> {
                    refuse(Response.SERVER_INTERNAL_ERROR, "No PRACK", 0);
                    leg.end(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
                });
    }

    void prack(Incoming prack) {
        var rack = Headers.value(prack.request(), "RAck").orElse("");
        var expected = rseq + " " + invite.cseq() + " INVITE";
        if (pracked || !rack.equals(expected)) {
            around.wire()
                    .reply(
                            prack,
                            SipWire.response(
                                    prack,
                                    Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST,
                                    "",
                                    leg.dialog().localTag()));
            return;
        }
        pracked = true;
        stopRepeating();
        around.wire()
                .reply(
                        prack,
                        SipWire.response(prack, Response.OK, "", leg.dialog().localTag()));
        if (offer.isEmpty()) {
            Headers.sdp(prack.request()).ifPresent(leg.audio()::accept);
        }
    }

    /// 200 with our description, repeated until the ACK.
    void answer() {
        if (isFinal()) {
            return;
        }
        if (!leg.openAudio()) {
            refuse(Response.SERVICE_UNAVAILABLE, "No media port is free", 5);
            leg.end(new LegEnd(LegEnd.How.LOCALLY_REJECTED, 0, 0));
            return;
        }
        var description = offer.map(leg.audio()::answer)
                .orElseGet(() -> Optional.of(leg.audio().offer()));
        if (description.isEmpty()) {
            refuse(Response.NOT_ACCEPTABLE_HERE, "", 0);
            leg.end(new LegEnd(LegEnd.How.LOCALLY_REJECTED, 0, 0));
            return;
        }
        stopRepeating();
        var ok = response(Response.OK, "");
        Headers.set(ok, "Contact", around.wire().contact(invite.transport()));
        Headers.allow(ok);
        Headers.supported(ok);
        leg.timer().onRequest(invite.request(), ok);
        Headers.body(ok, "application", "sdp", description.get());
        success = ok;
        around.wire().reply(invite, ok);
        repeater = new Repeater(around.loop(), Repeater.T2, this::repeat, () -> {
            around.counters().add("sip_never_acknowledged");
            leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
        });
    }

    private void repeat() {
        if (success != null) {
            around.counters().add("sip_success_repeated");
            around.wire().replyWithoutTransaction(invite, success);
        }
    }

    /// The INVITE came again although its transaction has ended: its 200 was lost. The stack has made a new
    /// transaction of it, which has to end too.
    void repeated(Incoming again) {
        if (success != null) {
            around.counters().add("sip_success_repeated");
            around.wire().reply(again, (SIPResponse) success.clone());
        } else {
            leg.reply(again, Response.SERVER_INTERNAL_ERROR);
        }
    }

    /// Ends the repeats of our 200.
    ///
    /// @return whether this was the first ACK of our 200
    boolean ack(Incoming ack) {
        if (success == null || acked || ack.cseq() != invite.cseq()) {
            return false;
        }
        acked = true;
        stopRepeating();
        var answered = offer.isPresent()
                || Headers.sdp(ack.request()).map(leg.audio()::accept).orElse(!pracked);
        if (closeWhenAcked) {
            leg.bye(new LegEnd(LegEnd.How.CLOSED, 0, 0));
            return false;
        }
        if (!answered) {
            leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
            return false;
        }
        return true;
    }

    void refuse(int status, String reason, int retryAfterS) {
        if (isFinal()) {
            return;
        }
        refused = true;
        stopRepeating();
        var refusal = response(status, reason);
        if (retryAfterS > 0) {
            Headers.set(refusal, "Retry-After", String.valueOf(retryAfterS));
        }
        around.wire().reply(invite, refusal);
    }

    /// CANCEL: 200 to it, 487 to the INVITE, unless the answer was faster.
    void cancel(Incoming cancel) {
        around.wire()
                .reply(
                        cancel,
                        SipWire.response(cancel, Response.OK, "", leg.dialog().localTag()));
        if (isFinal()) {
            return;
        }
        refuse(Response.REQUEST_TERMINATED, "", 0);
        leg.end(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, Response.REQUEST_TERMINATED, Headers.q850(cancel.request())));
    }

    /// After our 200 a BYE has to wait for the ACK (RFC 3261 §15).
    ///
    /// @return false when it need not wait
    boolean closesWhenAcked() {
        if (success == null || acked) {
            return false;
        }
        closeWhenAcked = true;
        return true;
    }

    void stopRepeating() {
        if (repeater != null) {
            repeater.stop();
            repeater = null;
        }
    }

    private SIPResponse response(int status, String reason) {
        return SipWire.response(invite, status, reason, leg.dialog().localTag());
    }
}
