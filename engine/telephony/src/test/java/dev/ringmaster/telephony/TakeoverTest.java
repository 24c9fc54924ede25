package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.spec.Spec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What another edge does with a leg of which it has only the journaled dialog.
@Tag("peer")
@Spec("SYS-007")
class TakeoverTest {
    private final EdgeUnderTest first = new EdgeUnderTest();

    @AfterEach
    void close() {
        first.close();
    }

    private String answered() {
        var leg = first.desk.arrival().legId();
        first.plan("call-1", first.leg(leg, new Signal.Answer(), new Hears.Silence()));
        return leg;
    }

    private SipDialog established() {
        return first.desk.fact(LegFact.Established.class).dialog();
    }

    @Test
    void a_leg_of_a_dead_edge_gets_a_bye_built_from_its_journaled_dialog() {
        try (var sipp = Sipp.calls(first, "uac_hung_up", "1")) {
            var leg = answered();
            var dialog = established();
            first.close();
            try (var second = new EdgeUnderTest(config -> config, first.port)) {
                second.plan("call-1", second.leg(leg, new Signal.Close(), dialog));
                assertThat(second.desk.fact(LegFact.Ended.class).end()).isEqualTo(new LegEnd(LegEnd.How.CLOSED, 0, 0));
                sipp.succeeds();
                assertThat(sipp.messages()).contains("CSeq: 101 BYE");
            }
        }
    }

    @Test
    void a_leg_of_a_dead_edge_is_taken_over_by_re_invite_with_new_media() {
        try (var sipp = Sipp.calls(first, "uac_takeover", "1")) {
            var leg = answered();
            var dialog = established();
            first.close();
            try (var second = new EdgeUnderTest(config -> config, first.port)) {
                second.plan("call-1", second.leg(leg, new Signal.Answer(), dialog));
                var taken = second.desk.fact(LegFact.Established.class).dialog();
                assertThat(taken.localCSeq()).isEqualTo(dialog.localCSeq() + 101);
                assertThat(taken.localRtpPort()).isNotEqualTo(dialog.localRtpPort());
                assertThat(version(taken)).isEqualTo(version(dialog) + 1);
                assertThat(second.desk.fact(LegFact.Ended.class).end().how()).isEqualTo(LegEnd.How.REMOTE_HUNG_UP);
                sipp.succeeds();
            }
        }
    }

    /// Of the session description: the third word of `o=`.
    private static long version(SipDialog dialog) {
        var origin = dialog.localSdp()
                .lines()
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(origin.split(" ", -1)[2]);
    }

    @Test
    void a_caller_whose_edge_died_before_it_answered_gets_a_final_answer_and_a_bye() {
        try (var peer = new RawSip(first.port)) {
            peer.send(peer.invite("sip:1@127.0.0.1:" + first.port, "", RawSip.sdp("m=audio 6000 RTP/AVP 0")));
            var arrival = first.desk.arrival();
            first.close();
            try (var second = new EdgeUnderTest(config -> config, first.port)) {
                second.plan("call-1", second.leg(arrival.legId(), new Signal.Close(), arrival.dialog()));
                assertThat(peer.receive(2_000).orElseThrow())
                        .startsWith("SIP/2.0 503 ")
                        .contains(
                                "CSeq: 1 INVITE",
                                "To: <sip:1@",
                                ";tag=" + arrival.dialog().localTag());
                var bye = peer.receive(2_000).orElseThrow();
                assertThat(bye).startsWith("BYE sip:a@" + peer.here());
                peer.send(peer.success(bye, "r").replace("200 OK", "481 No Such Call"));
                assertThat(second.desk.fact(LegFact.Ended.class).end()).isEqualTo(new LegEnd(LegEnd.How.CLOSED, 0, 0));
            }
        }
    }

    @Test
    void a_leg_whose_peer_has_forgotten_it_has_ended_when_the_bye_says_so() {
        try (var peer = new RawSip(first.port)) {
            var dialog = dialog(peer);
            first.plan("call-1", first.leg("leg-1", new Signal.Close(), dialog));
            var bye = peer.receive(2_000).orElseThrow();
            assertThat(bye).startsWith("BYE sip:b@" + peer.here()).contains("CSeq: 107 BYE");
            peer.send(peer.success(bye, "r").replace("200 OK", "481 Gone"));
            assertThat(first.desk.fact(LegFact.Ended.class).end().how()).isEqualTo(LegEnd.How.CLOSED);
        }
    }

    @Test
    void the_route_of_the_dialog_is_kept_loose_and_strict() {
        try (var peer = new RawSip(first.port)) {
            var loose = routed(dialog(peer), List.of("<sip:" + peer.here() + ";lr>", "<sip:far.example;lr>"));
            first.plan("call-1", first.leg("leg-1", new Signal.Close(), loose));
            assertThat(peer.receive(2_000).orElseThrow())
                    .startsWith("BYE sip:b@")
                    .contains("Route: <sip:" + peer.here() + ";lr>,<sip:far.example;lr>");
        }
        try (var peer = new RawSip(first.port)) {
            var strict = routed(dialog(peer), List.of("<sip:" + peer.here() + ">"));
            first.plan("call-2", first.leg("leg-2", new Signal.Close(), strict));
            assertThat(peer.receive(2_000).orElseThrow())
                    .startsWith("BYE sip:" + peer.here() + " SIP/2.0")
                    .contains("Route: <sip:b@" + peer.here() + ">");
        }
    }

    @Test
    void a_leg_that_moved_to_another_edge_is_let_go_without_a_word() {
        try (var peer = new Phone(first, "1")) {
            peer.call();
            var leg = answered();
            peer.connected();
            established();
            first.plan(
                    "call-1",
                    new CallPlan.LegPlan(
                            leg,
                            "edge-b#1",
                            new Signal.Answer(),
                            new Hears.Silence(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()));
            Await.until(() -> first.media.health().streams() == 0
                    && first.edge.held().calls().isEmpty());
            assertThat(peer.sip.receive(700)).isEmpty();
        }
    }

    @Test
    void a_leg_without_a_confirmed_dialog_that_is_not_here_is_lost() {
        first.plan("call-1", first.leg("leg-1", new Signal.Answer(), new Hears.Silence()));
        assertThat(first.desk.fact(LegFact.Ended.class).end().how()).isEqualTo(LegEnd.How.EDGE_LOST);
        first.plan("call-1", first.leg("leg-1", new Signal.Close(), new Hears.Silence()));
        assertThat(Desk.taken(first.desk.facts, java.time.Duration.ofMillis(300)))
                .as("told once")
                .isEmpty();
        assertThat(first.edge.held().calls()).isEmpty();
    }

    private static SipDialog dialog(RawSip peer) {
        return new SipDialog(
                "call-id-" + peer.port(),
                "ours",
                "theirs",
                new dev.ringmaster.base.Said("<sip:us@127.0.0.1>"),
                new dev.ringmaster.base.Said("\"Them\" <sip:them@127.0.0.1>"),
                new dev.ringmaster.base.Said("sip:b@" + peer.here()),
                List.of(),
                6,
                1,
                "UDP",
                peer.here(),
                false,
                RawSip.sdp("m=audio 40000 RTP/AVP 8"),
                RawSip.sdp("m=audio 40002 RTP/AVP 8"),
                40_000,
                Optional.empty());
    }

    private static SipDialog routed(SipDialog dialog, List<String> routes) {
        return new SipDialog(
                dialog.sipCallId(),
                dialog.localTag() + routes.size(),
                dialog.remoteTag(),
                dialog.localUri(),
                dialog.remoteUri(),
                dialog.remoteTarget(),
                routes,
                dialog.localCSeq(),
                dialog.remoteCSeq(),
                dialog.transport(),
                dialog.peer(),
                dialog.uac(),
                dialog.localSdp(),
                dialog.remoteSdp(),
                dialog.localRtpPort(),
                Optional.empty());
    }
}
