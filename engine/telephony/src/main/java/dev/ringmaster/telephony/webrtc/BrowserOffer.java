package dev.ringmaster.telephony.webrtc;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.SecureRemote;
import dev.ringmaster.telephony.sdp.Direction;
import dev.ringmaster.telephony.sdp.PeerAudio;
import dev.ringmaster.telephony.sdp.Sdp;
import java.util.List;
import java.util.Locale;

/// A browser's offer for a line: one audio section with ICE, DTLS-SRTP and a G.711 law (RFC 8829).
///
/// @param index which section is the one we take; the others are refused
/// @param mid its name, repeated in the answer; empty when it has none
/// @param remote what media must know of the browser's end
public record BrowserOffer(Sdp sdp, int index, String mid, String protocol, SecureRemote remote) {

    /// Reads an offer.
    ///
    /// @param preference codecs we take, the best first
    /// @throws IllegalArgumentException with a sentence that says why it cannot be a line
    public static BrowserOffer read(String text, List<Codec> preference) {
        var sdp = Sdp.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("The offer is not a session description."));
        for (var index = 0; index < sdp.media().size(); index++) {
            var media = sdp.media().get(index);
            if (media.type().equals("audio") && media.protocol().equals("UDP/TLS/RTP/SAVPF")) {
                return read(sdp, index, media, preference);
            }
        }
        throw new IllegalArgumentException("The offer has no encrypted audio section.");
    }

    private static BrowserOffer read(Sdp sdp, int index, Sdp.Media media, List<Codec> preference) {
        var codec = preference.stream()
                .filter(c -> media.formats().contains(String.valueOf(c.payloadType())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The offer has neither PCMA nor PCMU."));
        var ufrag = needed(sdp, media, "ice-ufrag");
        needed(sdp, media, "ice-pwd");
        var fingerprint = needed(sdp, media, "fingerprint");
        if (!fingerprint.matches("[A-Za-z0-9-]{3,12} [0-9A-Fa-f:]{5,200}")) {
            throw new IllegalArgumentException("The offer's fingerprint is not one.");
        }
        if (needed(sdp, media, "setup").equals("passive")) {
            throw new IllegalArgumentException("The offer waits for our handshake (setup:passive); we are the server.");
        }
        if (!media.has("rtcp-mux")) {
            throw new IllegalArgumentException("The offer does not multiplex RTCP.");
        }
        return new BrowserOffer(
                sdp,
                index,
                media.attribute("mid").orElse(""),
                media.protocol(),
                new SecureRemote(ufrag, fingerprint, codec, PeerAudio.telephoneEvent(media)));
    }

    private static String needed(Sdp sdp, Sdp.Media media, String attribute) {
        return sdp.attribute(media, attribute)
                .filter(value -> !value.isBlank() && value.length() <= 300)
                .orElseThrow(() -> new IllegalArgumentException("The offer lacks a=" + attribute + "."));
    }

    /// The direction to answer: a browser that only listens is told that we only send.
    Direction answerDirection() {
        var said = Direction.SENDRECV;
        for (var direction : Direction.values()) {
            if (sdp.media().get(index).has(direction.name().toLowerCase(Locale.ROOT))) {
                said = direction;
            }
        }
        return said.reversed();
    }
}
