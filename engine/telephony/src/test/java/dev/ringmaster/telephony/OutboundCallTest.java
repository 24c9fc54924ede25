package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls that go out over a trunk, taken by SIPp.
@Tag("peer")
@Spec({"TEN-038", "SYS-007"})
class OutboundCallTest {
    private final EdgeUnderTest edge = new EdgeUnderTest();

    @AfterEach
    void close() {
        edge.close();
    }

    private void dial(Sipp peer, Duration ringFor) {
        edge.peer(peer.port);
        edge.plan("call-9", edge.leg("leg-9", edge.invite("13800138000", ringFor), new Hears.Silence()));
    }

    private void dial(Sipp peer) {
        dial(peer, Duration.ofSeconds(20));
    }

    private void hangUp() {
        edge.plan("call-9", edge.leg("leg-9", new Signal.Close(), new Hears.Silence()));
    }

    private LegEnd ended() {
        return edge.desk.fact(LegFact.Ended.class, Duration.ofSeconds(12)).end();
    }

    @Test
    void a_call_rings_is_answered_and_ended() {
        try (var peer = Sipp.waits("uas_agent")) {
            dial(peer);
            assertThat(edge.desk.fact(LegFact.Progress.class)).isEqualTo(new LegFact.Progress(180, false));
            var dialog = edge.desk.fact(LegFact.Established.class).dialog();
            assertThat(dialog.uac()).isTrue();
            assertThat(dialog.remoteTarget().value()).contains("sip:agent@127.0.0.1:" + peer.port);
            hangUp();
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.CLOSED, 0, 0));
            peer.succeeds();
            assertThat(peer.messages())
                    .contains("INVITE sip:13800138000@127.0.0.1:" + peer.port)
                    .contains("P-Asserted-Identity: <sip:057100000001@127.0.0.1:" + edge.port + ">")
                    .contains("From: <sip:057100000001@127.0.0.1:" + edge.port + ">;tag=")
                    .contains("m=audio")
                    .contains("RTP/AVP 8 0 101");
        }
    }

    @ParameterizedTest
    @Spec("OBT-032")
    @CsvSource({"486,17", "600,0", "603,21", "404,1", "480,0", "480,18", "480,20", "503,34", "403,0", "302,0", "401,0"})
    void a_refusal_is_told_as_the_wire_said_it(int status, int cause) {
        try (var peer = Sipp.waits("uas_refuse", "status=" + status, "cause=" + cause)) {
            dial(peer);
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.REFUSED, status, cause));
            peer.succeeds();
        }
    }

    @Test
    @Spec("OBT-032")
    void the_ring_time_passes_and_the_call_is_cancelled() {
        try (var peer = Sipp.waits("uas_cancelled")) {
            dial(peer, Duration.ofSeconds(1));
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.RING_TIMEOUT, 0, 0));
            peer.succeeds();
        }
    }

    @Test
    @Spec("AGT-028")
    void hanging_up_while_it_rings_cancels() {
        try (var peer = Sipp.waits("uas_cancelled")) {
            dial(peer);
            edge.desk.fact(LegFact.Progress.class);
            hangUp();
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.CLOSED, 0, 0));
            peer.succeeds();
        }
    }

    @Test
    void an_answer_that_crosses_our_cancel_is_acknowledged_and_ended() {
        try (var peer = Sipp.waits("uas_glare")) {
            dial(peer, Duration.ofSeconds(1));
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.RING_TIMEOUT, 0, 0));
            peer.succeeds();
            assertThat(edge.count("sip_cancel_glare")).isEqualTo(1);
        }
    }

    @Test
    void early_sound_comes_reliably_and_is_acknowledged_by_prack() {
        try (var peer = Sipp.waits("uas_early")) {
            dial(peer);
            assertThat(edge.desk.fact(LegFact.Progress.class)).isEqualTo(new LegFact.Progress(183, true));
            edge.desk.fact(LegFact.Established.class);
            hangUp();
            assertThat(ended().how()).isEqualTo(LegEnd.How.CLOSED);
            peer.succeeds();
        }
    }

    @Test
    void a_longer_session_interval_is_granted_on_422() {
        try (var peer = Sipp.waits("uas_short_session")) {
            dial(peer);
            edge.desk.fact(LegFact.Established.class);
            hangUp();
            assertThat(ended().how()).isEqualTo(LegEnd.How.CLOSED);
            peer.succeeds();
        }
    }

    @Test
    void a_repeated_200_is_acknowledged_again() {
        try (var peer = new RawSip(edge.port)) {
            edge.peer(peer.port());
            edge.plan("call-9", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(5)), new Hears.Silence()));
            var success = peer.success(peer.receive(2_000).orElseThrow(), "one");
            peer.send(success);
            var ack = peer.receive(1_000).orElseThrow();
            assertThat(ack).startsWith("ACK sip:b@" + peer.here());
            peer.send(success);
            assertThat(peer.receive(1_000)).contains(ack);
            peer.send(success);
            assertThat(peer.receive(1_000)).contains(ack);
        }
    }

    @Test
    void a_refresh_that_collides_is_tried_again_after_a_while() {
        try (var peer = Sipp.waits("uas_glare_reinvite")) {
            dial(peer);
            edge.desk.fact(LegFact.Established.class);
            Await.until(() -> peer.received("INVITE") == 3 && peer.received("ACK") == 3);
            hangUp();
            assertThat(ended().how()).isEqualTo(LegEnd.How.CLOSED);
            peer.succeeds();
        }
    }

    @Test
    @Spec("AGT-027")
    void keys_go_out_by_info_where_the_line_wants_it_each_once() {
        try (var peer = Sipp.waits("uas_info")) {
            edge.trust(EdgeUnderTest.trunk("127.0.0.1:" + peer.port, 10, "INFO", "127.0.0.1"));
            var leg = edge.leg("leg-9", edge.invite("13800138000", Duration.ofSeconds(5)), new Hears.Silence());
            edge.plan("call-9", EdgeUnderTest.withDigits(leg, "d1", "12"));
            edge.desk.fact(LegFact.Established.class);
            edge.plan("call-9", EdgeUnderTest.withDigits(leg, "d1", "12"));
            Await.until(() -> peer.received("INFO") == 2);
            hangUp();
            assertThat(ended().how()).isEqualTo(LegEnd.How.CLOSED);
            peer.succeeds();
            assertThat(peer.received("INFO")).isEqualTo(2);
        }
    }

    @Test
    @Spec("TEN-036")
    void above_the_cap_of_the_line_nothing_reaches_the_peer() {
        try (var peer = Sipp.waits("uas_agent")) {
            edge.trust(EdgeUnderTest.trunk("127.0.0.1:" + peer.port, 0, "RFC4733", "127.0.0.1"));
            edge.plan("call-9", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(5)), new Hears.Silence()));
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.LOCALLY_REJECTED, 0, 0));
            assertThat(peer.messages()).isEmpty();
        }
    }

    @Test
    void no_such_line_is_rejected_here() {
        edge.trust();
        edge.plan("call-9", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(5)), new Hears.Silence()));
        assertThat(ended().how()).isEqualTo(LegEnd.How.LOCALLY_REJECTED);
    }

    @Test
    void one_leg_is_never_called_twice() {
        try (var peer = Sipp.waits("uas_refuse", "status=486", "cause=17")) {
            dial(peer);
            ended();
            peer.succeeds();
        }
        try (var second = new RawSip(edge.port)) {
            edge.peer(second.port());
            edge.plan("call-9", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(5)), new Hears.Silence()));
            edge.plan("call-10", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(5)), new Hears.Silence()));
            assertThat(second.receive(700)).as("no second INVITE").isEmpty();
        }
    }

    @Test
    void an_answer_of_another_branch_is_acknowledged_and_ended() {
        try (var peer = new RawSip(edge.port)) {
            edge.peer(peer.port());
            edge.plan("call-9", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(5)), new Hears.Silence()));
            var invite = peer.receive(2_000).orElseThrow();
            peer.send(peer.success(invite, "one"));
            edge.desk.fact(LegFact.Established.class);
            assertThat(peer.receive(1_000).orElseThrow()).startsWith("ACK ").contains("tag=one");
            peer.send(peer.success(invite, "two"));
            assertThat(peer.receive(1_000).orElseThrow()).startsWith("ACK ").contains("tag=two");
            assertThat(peer.receive(1_000).orElseThrow()).startsWith("BYE ").contains("tag=two");
            assertThat(edge.edge.held().calls()).hasSize(1);
        }
    }

    @Test
    void a_peer_that_says_nothing_is_lost_when_the_ring_time_is_over() {
        try (var peer = new RawSip(edge.port)) {
            edge.peer(peer.port());
            edge.plan("call-9", edge.leg("leg-9", edge.invite("1", Duration.ofSeconds(1)), new Hears.Silence()));
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
            var invite = peer.receive(1_000).orElseThrow();
            peer.send(peer.success(invite, "late"));
            Await.until(() -> peer.receive(2_000).orElse("").startsWith("BYE "));
        }
    }
}
