package dev.ringmaster.telephony.sip;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.LegFact;
import javax.sip.message.Request;
import javax.sip.message.Response;

/// Requests that come within a leg's dialog: each is answered, whatever it is.
final class LegRequests {
    private final SipLeg leg;
    private final Surroundings around;

    LegRequests(SipLeg leg, Surroundings around) {
        this.leg = leg;
        this.around = around;
    }

    void take(Incoming request) {
        if (!leg.dialog().advances(request.cseq())) {
            if (request.method().equals(Request.INVITE)) {
                leg.renegotiation().repeated(request);
            } else {
                leg.reply(request, Response.SERVER_INTERNAL_ERROR); // out of order (RFC 3261 §12.2.2)
            }
            return;
        }
        switch (request.method()) {
            case Request.BYE -> {
                leg.reply(request, Response.OK);
                leg.hungUp(Headers.q850(request.request()));
            }
            case Request.INFO -> info(request);
            case Request.PRACK ->
                leg.inboundInvite()
                        .ifPresentOrElse(
                                invite -> invite.prack(request),
                                () -> leg.reply(request, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST));
            case Request.OPTIONS ->
                SipService.options(around.wire(), request, leg.dialog().localTag());
            case Request.INVITE, Request.UPDATE -> change(request);
            default ->
                SipService.notAllowed(around.wire(), request, leg.dialog().localTag());
        }
    }

    private void change(Incoming request) {
        if (!leg.isEstablished()) {
            // Before the first exchange is over there is nothing to change yet (RFC 3261 §14.2, RFC 3311 §5.2).
            var later = SipWire.response(
                    request, Response.SERVER_INTERNAL_ERROR, "", leg.dialog().localTag());
            Headers.set(later, "Retry-After", "2");
            around.wire().reply(request, later);
        } else if (request.method().equals(Request.INVITE)) {
            leg.renegotiation().invite(request);
        } else {
            leg.renegotiation().update(request);
        }
    }

    private void info(Incoming info) {
        var request = info.request();
        if (!Headers.body(request).isBlank() && !InfoKey.isKeys(request)) {
            var refusal = SipWire.response(
                    info, Response.UNSUPPORTED_MEDIA_TYPE, "", leg.dialog().localTag());
            Headers.set(refusal, "Accept", "application/dtmf-relay");
            around.wire().reply(info, refusal);
            return;
        }
        leg.reply(info, Response.OK);
        InfoKey.of(request).ifPresent(key -> leg.fact(new LegFact.Digit(new Said(key))));
    }
}
