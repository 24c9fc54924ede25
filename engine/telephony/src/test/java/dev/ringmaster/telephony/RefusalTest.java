package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import dev.ringmaster.telephony.base.EdgeConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the edge answers to requests that it does not take, and that none of them harms it.
@Spec("TEN-038")
class RefusalTest {
    private static final String G711 = RawSip.sdp("m=audio 6000 RTP/AVP 0");

    private final EdgeUnderTest edge = new EdgeUnderTest(RefusalTest::settings);
    private final RawSip peer = new RawSip(edge.port);
    private final String uri = "sip:4001000001@127.0.0.1:" + edge.port;

    private static EdgeConfig settings(EdgeConfig config) {
        return config.withMaxCalls(3);
    }

    @AfterEach
    void close() {
        peer.close();
        edge.close();
    }

    @Test
    @Spec({"TEN-031", "TEN-036"})
    void a_stranger_gets_the_same_403_whatever_he_asks() {
        edge.trust(EdgeUnderTest.trunk("127.0.0.1:9", 100, "RFC4733", "127.0.0.7"));
        for (var method : List.of("INVITE", "OPTIONS", "REGISTER", "BYE", "MESSAGE", "CANCEL", "NONSENSE")) {
            assertThat(peer.ask(peer.request(method, uri, "Max-Forwards: 70", "")))
                    .startsWith("SIP/2.0 403 Forbidden\r\n");
        }
        assertThat(edge.count("sip_strangers_refused")).isEqualTo(7);
        assertThat(edge.desk.arrivals).isEmpty();
        assertThat(edge.media.health().streams()).isZero();
        try (var trusted = new RawSip(edge.port, "127.0.0.7")) {
            assertThat(trusted.ask(trusted.request("OPTIONS", uri, "Max-Forwards: 70", "")))
                    .startsWith("SIP/2.0 200");
        }
    }

    @Test
    @Spec("TEN-036")
    void trust_is_changed_without_a_restart() {
        assertThat(peer.ask(peer.request("OPTIONS", uri, "", ""))).startsWith("SIP/2.0 200");
        edge.trust();
        assertThat(peer.ask(peer.request("OPTIONS", uri, "", ""))).startsWith("SIP/2.0 403");
        edge.trust(EdgeUnderTest.trunk("127.0.0.1:9", 100, "RFC4733", "127.0.0.1"));
        assertThat(peer.ask(peer.request("OPTIONS", uri, "", ""))).startsWith("SIP/2.0 200");
    }

    @Test
    void options_says_what_we_take() {
        assertThat(peer.ask(peer.request("OPTIONS", uri, "Max-Forwards: 70", "")))
                .startsWith("SIP/2.0 200 OK\r\n")
                .contains("Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK\r\n")
                .contains("Accept: application/sdp\r\n");
    }

    @Test
    @Spec("TEN-031")
    void registration_is_refused_with_a_clear_message() {
        assertThat(peer.ask(peer.request("REGISTER", uri, "Max-Forwards: 70", "")))
                .startsWith("SIP/2.0 405 Registration Not Supported, Lines Are Authenticated By Address\r\n")
                .contains("Allow: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGE", "SUBSCRIBE", "NOTIFY", "REFER", "PUBLISH", "FLY"})
    void unknown_methods_get_405_with_allow(String method) {
        assertThat(peer.ask(peer.request(method, uri, "Max-Forwards: 70", "")))
                .startsWith("SIP/2.0 405 ")
                .contains("Allow: INVITE");
    }

    @Test
    void no_common_codec_is_488() {
        assertThat(peer.ask(peer.invite(uri, "", RawSip.sdp("m=audio 6000 RTP/AVP 18 101\r\na=rtpmap:18 G729/8000"))))
                .startsWith("SIP/2.0 488 ");
        assertThat(peer.ask(peer.invite(uri, "", RawSip.sdp("m=audio 6000 RTP/SAVP 0"))))
                .startsWith("SIP/2.0 488 ");
        assertThat(peer.ask(peer.invite(uri, "", RawSip.sdp("m=video 6000 RTP/AVP 96"))))
                .startsWith("SIP/2.0 488 ");
        assertThat(edge.desk.arrivals).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_400() {
        assertThat(peer.ask(peer.invite(uri, "", "v=1\r\nnonsense\r\n"))).startsWith("SIP/2.0 400 ");
        assertThat(peer.ask(peer.invite(uri, "", G711).replaceFirst("Contact: .*\r\n", "")))
                .startsWith("SIP/2.0 400 ");
        assertThat(peer.ask(peer.invite(uri, "", G711).replaceFirst(";tag=f[^\r]*", "")))
                .startsWith("SIP/2.0 400 ");
        assertThat(edge.desk.arrivals).isEmpty();
    }

    @Test
    void a_body_of_another_type_is_415() {
        assertThat(peer.ask(peer.request("INVITE", uri, "Content-Type: text/plain", "hello")))
                .startsWith("SIP/2.0 415 ")
                .contains("Accept: application/sdp");
    }

    @Test
    void no_more_hops_is_483() {
        assertThat(peer.ask(peer.invite(uri, "", G711).replace("Max-Forwards: 70", "Max-Forwards: 0")))
                .startsWith("SIP/2.0 483 ");
    }

    @Test
    void an_extension_we_do_not_know_is_420() {
        assertThat(peer.ask(peer.invite(uri, "Require: 100rel, precondition", G711)))
                .startsWith("SIP/2.0 420 ")
                .contains("Unsupported: precondition\r\n");
    }

    @Test
    void a_session_interval_below_ours_is_422() {
        assertThat(peer.ask(peer.invite(uri, "Supported: timer\nSession-Expires: 60", G711)))
                .startsWith("SIP/2.0 422 ")
                .contains("Min-SE: 90\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "INFO", "UPDATE", "PRACK", "INVITE"})
    void a_request_of_a_dialog_that_nobody_has_is_481(String method) {
        assertThat(peer.ask(peer.request(method, uri, "Max-Forwards: 70", "")
                        .replace("To: <" + uri + ">", "To: <" + uri + ">;tag=nobody")))
                .startsWith("SIP/2.0 481 ");
    }

    @Test
    void an_unknown_number_is_404_when_the_engine_says_so() {
        edge.desk.onArrival.set(leg -> edge.edge.refuse(leg.legId(), 404, "", 0));
        assertThat(peer.ask(peer.invite(uri, "", G711))).startsWith("SIP/2.0 404 ");
        assertThat(Desk.taken(edge.desk.gone, Duration.ofSeconds(2))).isPresent();
    }

    @Test
    void busy_and_overload_are_said_as_the_engine_wishes() {
        edge.desk.onArrival.set(leg -> edge.edge.refuse(leg.legId(), 486, "", 0));
        assertThat(peer.ask(peer.invite(uri, "", G711))).startsWith("SIP/2.0 486 ");
        edge.desk.onArrival.set(leg -> edge.edge.refuse(leg.legId(), 503, "Overload", 7));
        assertThat(peer.ask(peer.invite(uri, "", G711)))
                .startsWith("SIP/2.0 503 Overload\r\n")
                .contains("Retry-After: 7\r\n");
    }

    @Test
    void calls_above_the_limit_of_the_edge_get_503() {
        for (var i = 0; i < 3; i++) {
            peer.send(peer.invite(uri, "", G711));
            edge.desk.arrival();
        }
        assertThat(peer.ask(peer.invite(uri, "", G711)))
                .startsWith("SIP/2.0 503 ")
                .contains("Retry-After: ");
        assertThat(edge.count("calls_refused_edge_full")).isEqualTo(1);
    }

    @Test
    @Spec("TEN-036")
    void calls_above_the_cap_of_the_line_get_503() {
        edge.trust(EdgeUnderTest.trunk("127.0.0.1:9", 1, "RFC4733", "127.0.0.1"));
        peer.send(peer.invite(uri, "", G711));
        edge.desk.arrival();
        assertThat(peer.ask(peer.invite(uri, "", G711))).startsWith("SIP/2.0 503 ");
    }

    @Test
    void the_same_invite_by_another_way_is_482() {
        var invite = peer.invite(uri, "", G711);
        peer.send(invite);
        edge.desk.arrival();
        assertThat(peer.ask(invite.replaceFirst("branch=z9hG4bK", "branch=z9hG4bKother")))
                .startsWith("SIP/2.0 482 ");
        assertThat(edge.desk.arrivals).isEmpty();
    }

    @Test
    void an_invite_that_comes_again_is_the_same_call() {
        var invite = peer.invite(uri, "", G711);
        peer.send(invite);
        edge.desk.arrival();
        peer.send(invite);
        peer.send(invite);
        assertThat(Desk.taken(edge.desk.arrivals, Duration.ofMillis(300))).isEmpty();
    }
}
