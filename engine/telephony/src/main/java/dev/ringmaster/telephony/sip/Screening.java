package dev.ringmaster.telephony.sip;

import dev.ringmaster.media.Codec;
import dev.ringmaster.telephony.sdp.PeerAudio;
import dev.ringmaster.telephony.sdp.Sdp;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/// What is wrong with an INVITE, found before anything is kept for it (RFC 3261 §8.2).
final class Screening {
    private static final Set<String> UNDERSTOOD = Set.of("timer", "100rel");

    private Screening() {}

    /// A final answer and what it must say besides.
    record Fault(int status, String reason, Consumer<SIPResponse> details) {
        static Fault of(int status, String reason) {
            return new Fault(status, reason, _ -> {});
        }
    }

    /// What holds for every request that comes outside a dialog.
    static Optional<Fault> request(SIPRequest request) {
        if (!(request.getRequestURI() instanceof SipURI) && !(request.getRequestURI() instanceof TelURL)) {
            return Optional.of(Fault.of(Response.UNSUPPORTED_URI_SCHEME, ""));
        }
        var strange = Headers.tokens(request, "Require").stream()
                .filter(tag -> !UNDERSTOOD.contains(tag.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
        if (!strange.isEmpty()) {
            return Optional.of(new Fault(
                    Response.BAD_EXTENSION,
                    "",
                    response -> response.setHeader(
                            Headers.made(() -> Headers.FACTORY.createUnsupportedHeader(String.join(", ", strange))))));
        }
        return Optional.empty();
    }

    static Optional<Fault> invite(SIPRequest invite, List<Codec> codecs, Duration minInterval) {
        var general = request(invite);
        if (general.isPresent()) {
            return general;
        }
        if (invite.getHeader(MaxForwardsHeader.NAME) instanceof MaxForwardsHeader hops && hops.getMaxForwards() == 0) {
            return Optional.of(Fault.of(Response.TOO_MANY_HOPS, ""));
        }
        if (invite.getFromTag() == null || DialogState.contactOf(invite).isEmpty()) {
            return Optional.of(Fault.of(Response.BAD_REQUEST, "From tag or Contact is missing"));
        }
        if (!(DialogState.contactOf(invite).get() instanceof SipURI)) {
            return Optional.of(Fault.of(Response.BAD_REQUEST, "Contact is not a SIP URI"));
        }
        if (SessionTimer.tooShort(invite, minInterval)) {
            return Optional.of(new Fault(
                    422,
                    "Session Interval Too Small",
                    response -> Headers.set(response, "Min-SE", String.valueOf(minInterval.toSeconds()))));
        }
        var accepted = Headers.tokens(invite, "Accept");
        if (!accepted.isEmpty() && accepted.stream().noneMatch(Screening::coversSdp)) {
            return Optional.of(Fault.of(Response.NOT_ACCEPTABLE, "")); // our 200 would carry what he cannot read
        }
        return body(invite, codecs);
    }

    private static boolean coversSdp(String range) {
        return switch (range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/sdp", "application/*", "*/*" -> true;
            default -> false;
        };
    }

    private static Optional<Fault> body(SIPRequest invite, List<Codec> codecs) {
        if (Headers.body(invite).isBlank()) {
            return Optional.empty(); // our 200 will carry the offer
        }
        if (!Headers.isSdp(invite)) {
            return Optional.of(new Fault(
                    Response.UNSUPPORTED_MEDIA_TYPE,
                    "",
                    response -> Headers.set(response, "Accept", "application/sdp")));
        }
        var sdp = Sdp.parse(Headers.body(invite));
        if (sdp.isEmpty()) {
            return Optional.of(Fault.of(Response.BAD_REQUEST, "Bad Session Description"));
        }
        return PeerAudio.choose(sdp.get(), codecs).isPresent()
                ? Optional.empty()
                : Optional.of(Fault.of(Response.NOT_ACCEPTABLE_HERE, ""));
    }

    /// Whether requests of this method may come outside a dialog at all.
    static boolean isKnown(String method) {
        return switch (method) {
            case Request.INVITE,
                    Request.OPTIONS,
                    Request.BYE,
                    Request.CANCEL,
                    Request.INFO,
                    Request.UPDATE,
                    Request.PRACK -> true;
            default -> false;
        };
    }
}
