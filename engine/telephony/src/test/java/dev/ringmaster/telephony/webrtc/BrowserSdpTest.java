package dev.ringmaster.telephony.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.IceCredentials;
import dev.ringmaster.spec.Spec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("SYS-007")
class BrowserSdpTest {
    private static final List<Codec> BOTH = List.of(Codec.PCMA, Codec.PCMU);

    /// What Chromium writes, shortened.
    private static final String OFFER = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS stream
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:Ab+/
            a=ice-pwd:0123456789abcdefghijkl
            a=ice-options:trickle
            a=fingerprint:sha-256 AA:BB:CC:DD
            a=setup:actpass
            a=mid:0
            a=sendrecv
            a=msid:stream track
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:110 telephone-event/48000
            a=rtpmap:126 telephone-event/8000
            a=ssrc:1 cname:x
            """.replace("\n", "\r\n");

    @Test
    void chromiums_offer_is_understood() {
        var remote = BrowserOffer.read(OFFER, BOTH).remote();
        assertThat(remote.iceUfrag()).isEqualTo("Ab+/");
        assertThat(remote.fingerprint()).isEqualTo("sha-256 AA:BB:CC:DD");
        assertThat(remote.codec()).isEqualTo(Codec.PCMA);
        assertThat(remote.telephoneEvent()).isEqualTo(126);
        assertThat(BrowserOffer.read(OFFER, List.of(Codec.PCMU)).remote().codec())
                .isEqualTo(Codec.PCMU);
    }

    @Test
    void the_answer_is_that_of_an_ice_lite_dtls_server_on_one_address() {
        var at = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.5"), 20_001);
        var answer = BrowserAnswer.write(
                BrowserOffer.read(OFFER, BOTH), new IceCredentials("uu", "pppp"), "sha-256 11:22", 4_000_000_000L, at);
        assertThat(answer.lines())
                .containsSubsequence(
                        "v=0",
                        "a=group:BUNDLE 0",
                        "a=ice-lite",
                        "m=audio 20001 UDP/TLS/RTP/SAVPF 8 126",
                        "c=IN IP4 203.0.113.5",
                        "a=candidate:1 1 udp 2130706431 203.0.113.5 20001 typ host",
                        "a=ice-ufrag:uu",
                        "a=ice-pwd:pppp",
                        "a=fingerprint:sha-256 11:22",
                        "a=setup:passive",
                        "a=mid:0",
                        "a=sendrecv",
                        "a=msid:ringmaster line",
                        "a=rtcp-mux",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:126 telephone-event/8000",
                        "a=ssrc:4000000000 cname:ringmaster");
    }

    @Test
    void other_sections_are_refused_in_place() {
        var video = OFFER + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n";
        var at = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 20_001);
        assertThat(BrowserAnswer.write(
                        BrowserOffer.read(video, BOTH), new IceCredentials("u", "p"), "sha-256 11:22", 1, at))
                .contains("m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=inactive\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=ice-ufrag:[^\\r]*\\r\\n | The offer lacks a=ice-ufrag.",
                "a=ice-pwd:[^\\r]*\\r\\n | The offer lacks a=ice-pwd.",
                "a=fingerprint:[^\\r]*\\r\\n | The offer lacks a=fingerprint.",
                "a=setup:[^\\r]*\\r\\n | The offer lacks a=setup.",
                "a=rtcp-mux\\r\\n | The offer does not multiplex RTCP.",
                "0 8 13 | The offer has neither PCMA nor PCMU.",
                "UDP/TLS/ | The offer has no encrypted audio section.",
                "v=0 | The offer is not a session description.",
            })
    void an_offer_that_cannot_be_a_line_is_refused_with_a_sentence(String without, String sentence) {
        assertThatThrownBy(() -> BrowserOffer.read(OFFER.replaceFirst(without, ""), BOTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void a_browser_that_wants_to_be_the_server_is_refused() {
        assertThatThrownBy(() -> BrowserOffer.read(OFFER.replace("actpass", "passive"), BOTH))
                .hasMessageContaining("setup:passive");
    }
}
