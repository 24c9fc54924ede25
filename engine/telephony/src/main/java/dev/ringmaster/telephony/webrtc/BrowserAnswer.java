package dev.ringmaster.telephony.webrtc;

import dev.ringmaster.media.IceCredentials;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// Our answer to a browser: ICE-lite on one address, the DTLS server, one G.711 law, keys under the browser's number.
public final class BrowserAnswer {
    private BrowserAnswer() {}

    /// Writes the answer to an offer.
    ///
    /// @param at the host candidate: the public address where one is set
    public static String write(
            BrowserOffer offer, IceCredentials ice, String fingerprint, long ssrc, InetSocketAddress at) {
        var address = at.getAddress().getHostAddress();
        var family = at.getAddress() instanceof Inet6Address ? "IP6" : "IP4";
        var sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=ringmaster %d 1 IN %s %s".formatted(ssrc, family, address));
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        if (!offer.mid().isEmpty()) {
            line(sdp, "a=group:BUNDLE " + offer.mid());
        }
        line(sdp, "a=ice-lite");
        line(sdp, "a=msid-semantic: WMS ringmaster");
        for (var index = 0; index < offer.sdp().media().size(); index++) {
            if (index == offer.index()) {
                audio(sdp, offer, ice, fingerprint, ssrc, at, family + " " + address);
            } else {
                var media = offer.sdp().media().get(index);
                line(sdp, "m=%s 0 %s %s".formatted(media.type(), media.protocol(), String.join(" ", media.formats())));
                line(sdp, "c=IN IP4 0.0.0.0");
                media.attribute("mid").ifPresent(mid -> line(sdp, "a=mid:" + mid));
                line(sdp, "a=inactive");
            }
        }
        return sdp.toString();
    }

    private static void audio(
            StringBuilder sdp,
            BrowserOffer offer,
            IceCredentials ice,
            String fingerprint,
            long ssrc,
            InetSocketAddress at,
            String connection) {
        var codec = offer.remote().codec();
        var keys = offer.remote().telephoneEvent();
        line(
                sdp,
                "m=audio %d %s %d%s"
                        .formatted(at.getPort(), offer.protocol(), codec.payloadType(), keys < 0 ? "" : " " + keys));
        line(sdp, "c=IN " + connection);
        line(sdp, "a=rtcp:%d IN %s".formatted(at.getPort(), connection));
        line(
                sdp,
                "a=candidate:1 1 udp 2130706431 %s %d typ host"
                        .formatted(at.getAddress().getHostAddress(), at.getPort()));
        line(sdp, "a=end-of-candidates");
        line(sdp, "a=ice-ufrag:" + ice.ufrag());
        line(sdp, "a=ice-pwd:" + ice.password());
        line(sdp, "a=fingerprint:" + fingerprint);
        line(sdp, "a=setup:passive");
        if (!offer.mid().isEmpty()) {
            line(sdp, "a=mid:" + offer.mid());
        }
        line(sdp, "a=" + offer.answerDirection().attribute());
        line(sdp, "a=msid:ringmaster line");
        line(sdp, "a=rtcp-mux");
        line(sdp, "a=rtpmap:%d %s/8000".formatted(codec.payloadType(), codec));
        if (keys >= 0) {
            line(sdp, "a=rtpmap:%d telephone-event/8000".formatted(keys));
            line(sdp, "a=fmtp:%d 0-15".formatted(keys));
        }
        line(sdp, "a=ptime:20");
        line(sdp, "a=ssrc:%d cname:ringmaster".formatted(ssrc));
        line(sdp, "a=ssrc:%d msid:ringmaster line".formatted(ssrc));
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
