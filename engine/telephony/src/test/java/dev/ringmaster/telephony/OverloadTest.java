package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.spec.Spec;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An edge that has no room says so at once, keeps nothing of those whom it refuses, and is well all the while.
@Spec("SYS-009")
class OverloadTest {
    private static final String G711 = RawSip.sdp("m=audio 6000 RTP/AVP 8");

    private final EdgeUnderTest edge = new EdgeUnderTest();
    private final RawSip peer = new RawSip(edge.port);
    private final String uri = "sip:4001000001@127.0.0.1:" + edge.port;

    @AfterEach
    void close() {
        peer.close();
        edge.close();
    }

    private void full() {
        edge.desk.tooMuch.set(Optional.of(new Telephony.TooMuch("engineBehind", 7)));
    }

    private void roomy() {
        edge.desk.tooMuch.set(Optional.empty());
    }

    @Test
    void a_caller_for_whom_there_is_no_room_gets_503_and_when_to_come_again() {
        full();
        assertThat(peer.ask(peer.invite(uri, "", G711)))
                .startsWith("SIP/2.0 503 ")
                .contains("Retry-After: 7\r\n");
        assertThat(edge.desk.arrivals).isEmpty();
        assertThat(edge.edge.legs()).isZero();
        assertThat(edge.media.health().streams()).isZero();
        assertThat(edge.count("sip_refused_503")).isEqualTo(1);
    }

    @Test
    void a_copy_of_a_refused_invite_is_refused_too_and_the_next_call_is_taken() {
        full();
        var refused = peer.invite(uri, "", G711);
        assertThat(peer.ask(refused)).startsWith("SIP/2.0 503 ");
        roomy();
        assertThat(insist(refused)).startsWith("SIP/2.0 503 ");
        assertThat(edge.count("sip_refused_503")).isEqualTo(1);
        peer.send(peer.invite(uri, "", G711));
        edge.desk.arrival();
    }

    /// As a peer does: again until an answer comes (RFC 3261 timer A). The stack drops a copy that comes while it still
    /// puts the first one away.
    private String insist(String message) {
        for (int tries = 0; tries < 6; tries++) {
            peer.send(message);
            var answer = peer.receive(500);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new AssertionError("no answer to\n" + message);
    }

    @Test
    void a_copy_of_an_invite_that_was_let_in_is_no_new_one() {
        var invite = peer.invite(uri, "", G711);
        peer.send(invite);
        edge.desk.arrival();
        full();
        assertThat(peer.ask(invite.replaceFirst("branch=z9hG4bK", "branch=z9hG4bKother")))
                .startsWith("SIP/2.0 482 "); // merged, not refused for lack of room
        assertThat(edge.count("sip_refused_503")).isZero();
    }

    @Test
    void a_full_edge_is_healthy() {
        full();
        assertThat(peer.ask(peer.invite(uri, "", G711))).startsWith("SIP/2.0 503 ");
        assertThat(peer.ask(peer.request("OPTIONS", uri, "Max-Forwards: 70", "")))
                .startsWith("SIP/2.0 200 ");
    }

    @Test
    void a_flood_leaves_nothing_behind_and_running_calls_alone() {
        peer.send(peer.invite(uri, "", G711));
        var running = edge.desk.arrival();
        full();
        for (var i = 0; i < 2_000; i++) {
            assertThat(peer.ask(peer.invite(uri, "", G711))).startsWith("SIP/2.0 503 ");
        }
        assertThat(edge.edge.legs()).isEqualTo(1);
        assertThat(edge.count("sip_refused_503")).isEqualTo(2_000);
        edge.edge.refuse(running.legId(), 486, "", 0);
        assertThat(peer.receive(3_000).orElse("")).startsWith("SIP/2.0 486 ");
        roomy();
        peer.send(peer.invite(uri, "", G711));
        edge.desk.arrival();
    }
}
