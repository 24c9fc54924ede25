package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages made to harm, in the manner of RFC 4475: whatever they get, the edge goes on answering.
@Spec("SYS-012")
class HostileTest {
    private final EdgeUnderTest edge = new EdgeUnderTest();
    private final RawSip peer = new RawSip(edge.port);
    private final String uri = "sip:4001000001@127.0.0.1:" + edge.port;

    @AfterEach
    void close() {
        peer.close();
        edge.close();
    }

    private void isWell() {
        try (var other = new RawSip(edge.port)) {
            assertThat(other.ask(other.request("OPTIONS", uri, "Max-Forwards: 70", "")))
                    .startsWith("SIP/2.0 200");
        }
        assertThat(edge.count("faults")).isZero();
    }

    private static Stream<Arguments> torture() {
        return Stream.of(
                Arguments.of(
                        "3.1.2.1 extraneous separators",
                        "(?m)^Contact: .*$",
                        "Contact: \"Joe\" <sip:joe@127.0.0.1>;;;;"),
                Arguments.of("3.1.2.2 content length too large", "Content-Length: \\d+", "Content-Length: 9999"),
                Arguments.of("3.1.2.3 negative content length", "Content-Length: \\d+", "Content-Length: -999"),
                Arguments.of("3.1.2.4 overlarge scalars", "CSeq: 1 ", "CSeq: 36893488147419103232 "),
                Arguments.of("3.1.2.4 overlarge hops", "Max-Forwards: 70", "Max-Forwards: 300"),
                Arguments.of("3.1.2.6 unterminated quote", "To: <", "To: \"Mr. J. User <"),
                Arguments.of("3.1.2.7 URI in brackets", " sip:4001000001@\\S+ SIP", " <sip:u@127.0.0.1> SIP"),
                Arguments.of("3.1.2.8 spaces within the URI", "sip:4001000001@", "sip:4001000001 @"),
                Arguments.of("3.1.2.9 many spaces in the first line", " SIP/2.0", "   SIP/2.0"),
                Arguments.of("3.1.2.11 escaped headers in the URI", " SIP/2.0", "?Route=%3Csip:x%3E SIP/2.0"),
                Arguments.of(
                        "3.1.2.15 unknown content",
                        "Content-Type: application/sdp",
                        "Content-Type: application/unknown;x=\"\\\\\""),
                Arguments.of("3.1.2.17 unknown protocol version", "SIP/2.0\r\n", "SIP/7.0\r\n"),
                Arguments.of("3.1.2.18 method does not match CSeq", "CSeq: 1 INVITE", "CSeq: 1 BYE"),
                Arguments.of("3.3.1 no Call-ID", "Call-ID: .*\r\n", ""),
                Arguments.of("3.3.1 no From", "From: .*\r\n", ""),
                Arguments.of("3.3.1 no To", "To: .*\r\n", ""),
                Arguments.of("3.3.1 no CSeq", "CSeq: .*\r\n", ""),
                Arguments.of("3.3.1 no Via", "Via: .*\r\n", ""),
                Arguments.of(
                        "3.3.2 unknown scheme", " sip:\\S+ SIP", " nobodyKnowsThisScheme:totallyopaquecontent SIP"),
                Arguments.of("3.3.8 many From", "(?m)^(From: .*)$", "$1\r\n$1"),
                Arguments.of("3.3.9 many Content-Length", "(?m)^(Content-Length: .*)$", "$1\r\nContent-Length: 5"),
                Arguments.of("Via to nowhere", "Via: SIP/2.0/UDP [^;]*", "Via: SIP/2.0/UDP 0.0.0.0:0"),
                Arguments.of("Via port out of range", "Via: SIP/2.0/UDP [^;]*", "Via: SIP/2.0/UDP 127.0.0.1:70807"),
                Arguments.of("Via of another transport", "Via: SIP/2.0/UDP", "Via: SIP/2.0/TLS"),
                Arguments.of("Contact of another scheme", "(?m)^Contact: .*$", "Contact: <mailto:a@b.c>"),
                Arguments.of("Contact *", "(?m)^Contact: .*$", "Contact: *"),
                Arguments.of(
                        "Contact by name", "(?m)^Contact: .*$", "Contact: <sip:a@nobody.invalid;maddr=also.invalid>"),
                Arguments.of("a very long user", "sip:4001000001@", "sip:" + "9".repeat(3_000) + "@"),
                Arguments.of("tel with nonsense", " sip:\\S+ SIP", " tel:+%20;phone-context=\u0001 SIP"),
                Arguments.of(
                        "session timer of nonsense",
                        "Max-Forwards: 70",
                        "Max-Forwards: 70\r\nSupported: timer\r\nSession-Expires: x"),
                Arguments.of(
                        "session timer without end",
                        "Max-Forwards: 70",
                        "Max-Forwards: 70\r\nSupported: timer\r\nSession-Expires: 99999999999"),
                Arguments.of(
                        "many routes",
                        "Max-Forwards: 70",
                        "Max-Forwards: 70" + "\r\nRecord-Route: <sip:1.2.3.4;lr>".repeat(60)),
                Arguments.of("zero bytes", "Max-Forwards: 70", "Max-Forwards: 70\r\nX: \u0000\u0000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("torture")
    void a_tortured_invite_harms_nobody(String name, String from, String to) {
        var good = peer.invite(uri, "", RawSip.sdp("m=audio 6000 RTP/AVP 8"));
        var tortured = good.replaceFirst(from, to);
        assertThat(tortured).as(name).isNotEqualTo(good);
        edge.desk.onArrival.set(leg -> edge.edge.refuse(leg.legId(), 404, "", 0));
        peer.send(tortured);
        peer.receive(150);
        isWell();
    }

    @Test
    void responses_that_nobody_asked_for_are_dropped() {
        for (var line : new String[] {"200 OK", "180 Ringing", "487 No", "000 Zero", "999 Much"}) {
            peer.send("SIP/2.0 " + line + "\r\nVia: SIP/2.0/UDP 127.0.0.1:" + edge.port
                    + ";branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\n"
                    + "CSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
        }
        isWell();
    }

    @Test
    void noise_and_broken_messages_harm_nobody() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var good = peer.invite(uri, "", RawSip.sdp("m=audio 6000 RTP/AVP 8")).getBytes(StandardCharsets.ISO_8859_1);
        edge.desk.onArrival.set(leg -> edge.edge.refuse(leg.legId(), 404, "", 0));
        for (var round = 0; round < 1_000; round++) {
            var broken = good.clone();
            for (var i = 0; i <= random.nextInt(8); i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            peer.send(broken);
            var noise = new byte[random.nextInt(1_400)];
            random.nextBytes(noise);
            peer.send(noise);
        }
        try (var other = new RawSip(edge.port)) {
            Await.until(() -> {
                other.send(other.request("OPTIONS", uri, "Max-Forwards: 70", ""));
                return other.receive(500).orElse("").startsWith("SIP/2.0 200");
            });
        }
        assertThat(edge.count("faults")).as("seed %d", seed).isZero();
    }

    @Test
    void a_caller_whom_nobody_plans_is_refused_in_the_end_and_nothing_is_kept() {
        for (var i = 0; i < 50; i++) {
            peer.send(peer.invite(uri, "", RawSip.sdp("m=audio 6000 RTP/AVP 8")));
        }
        for (var i = 0; i < 50; i++) {
            edge.desk.arrival();
        }
        assertThat(edge.edge.legs()).isEqualTo(50);
        for (var i = 0; i < 50; i++) {
            assertThat(Desk.taken(edge.desk.gone, Duration.ofSeconds(40))).isPresent();
        }
        assertThat(edge.edge.legs()).isZero();
        isWell();
    }
}
