package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Calls that come in over a trunk, made by SIPp.
@Tag("peer")
@Spec({"SYS-007", "TEN-038"})
class InboundCallTest {
    private final EdgeUnderTest edge =
            new EdgeUnderTest(config -> config.withSessions(Duration.ofMinutes(30), Duration.ofSeconds(2)));

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void a_call_is_answered_hears_a_prompt_and_hangs_up() {
        edge.media.sounds().put("welcome", new short[8_000]);
        try (var sipp = Sipp.calls(edge, "uac_basic", "4001000001", "-d", "1500")) {
            var arrived = edge.desk.arrival();
            assertThat(arrived.called().value()).isEqualTo("4001000001");
            assertThat(arrived.from().value()).isEqualTo("+8613800000000");
            assertThat(arrived.trunkId()).isEqualTo(EdgeUnderTest.TRUNK);

            edge.plan("call-1", edge.leg(arrived.legId(), new Signal.Ring(), new Hears.Silence()));
            edge.plan(
                    "call-1", edge.leg(arrived.legId(), new Signal.Answer(), new Hears.Prompt(1, List.of("welcome"))));

            var established = edge.desk.fact(LegFact.Established.class);
            assertThat(established.dialog().localSdp()).contains("m=audio");
            assertThat(edge.edge.held().calls()).singleElement().satisfies(held -> {
                assertThat(held.callId()).isEqualTo("call-1");
                assertThat(held.planVersion()).isEqualTo(2);
                assertThat(held.legIds()).containsExactly(arrived.legId());
            });
            assertThat(edge.desk.fact(LegFact.PromptEnded.class).whole()).isTrue();
            // The sum of its quality comes first, so that both are kept by one write.
            assertThat(edge.desk.fact(LegFact.Quality.class).packetsReceived()).isZero();
            assertThat(edge.desk.fact(LegFact.Ended.class).end())
                    .isEqualTo(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0));
            sipp.succeeds();
            assertThat(sipp.received("SIP/2.0 180 Ringing")).isEqualTo(1);
            assertThat(edge.edge.held().calls()).isEmpty();
        }
    }

    /// Plans the arriving call so, and returns its leg.
    private String answered(Hears hears) {
        var leg = edge.desk.arrival().legId();
        edge.plan("call-1", edge.leg(leg, new Signal.Answer(), hears));
        return leg;
    }

    private LegEnd ended() {
        return edge.desk.fact(LegFact.Ended.class).end();
    }

    @Test
    void the_200_is_repeated_until_the_ack_and_the_call_can_then_be_ended() {
        try (var sipp = Sipp.calls(edge, "uac_noack", "4001000001")) {
            answered(new Hears.Silence());
            sipp.succeeds();
            assertThat(sipp.received("SIP/2.0 200 OK"))
                    .as("at 0, 0.5, 1.5, 3.5 and 7.5 s")
                    .isEqualTo(5);
            assertThat(edge.desk.facts).isEmpty();
        }
    }

    @Test
    void a_caller_gives_up_while_it_rings() {
        try (var sipp = Sipp.calls(edge, "uac_cancel", "4001000001")) {
            var leg = edge.desk.arrival().legId();
            edge.plan("call-1", edge.leg(leg, new Signal.Ring(), new Hears.Silence()));
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 487, 16));
            sipp.succeeds();
        }
    }

    @Test
    void a_caller_gives_up_before_the_engine_has_spoken() {
        try (var sipp = new RawSip(edge.port)) {
            var invite = sipp.invite("sip:1@127.0.0.1:" + edge.port, "", RawSip.sdp("m=audio 6000 RTP/AVP 0"));
            sipp.send(invite);
            var leg = edge.desk.arrival().legId();
            assertThat(sipp.ask(invite.replace("INVITE", "CANCEL")))
                    .contains("CSeq: 1 CANCEL")
                    .startsWith("SIP/2.0 200");
            assertThat(sipp.receive(1_000).orElseThrow()).startsWith("SIP/2.0 487");
            assertThat(Desk.taken(edge.desk.gone, Duration.ofSeconds(2))).contains(leg);

            edge.plan("call-1", edge.leg(leg, new Signal.Answer(), new Hears.Silence()));
            assertThat(ended().how()).as("a plan that comes too late").isEqualTo(LegEnd.How.REMOTE_HUNG_UP);
        }
    }

    @Test
    void hold_by_the_peer_changes_who_sends_and_leaves_the_call() {
        try (var sipp = Sipp.calls(edge, "uac_hold", "4001000001")) {
            answered(new Hears.Music("music/default"));
            sipp.succeeds();
            assertThat(ended().how()).isEqualTo(LegEnd.How.REMOTE_HUNG_UP);
        }
    }

    @Test
    void an_invite_without_an_offer_gets_ours() {
        try (var sipp = Sipp.calls(edge, "uac_offerless", "4001000001")) {
            answered(new Hears.Music("music/default"));
            assertThat(edge.desk.fact(LegFact.Established.class).dialog().remoteSdp())
                    .contains("PCMA");
            sipp.succeeds();
        }
    }

    @Test
    void keys_by_info_come_as_facts() {
        try (var sipp = Sipp.calls(edge, "uac_info", "4001000001")) {
            answered(new Hears.Silence());
            assertThat(edge.desk.fact(LegFact.Digit.class).key().value()).isEqualTo("1");
            assertThat(edge.desk.fact(LegFact.Digit.class).key().value()).isEqualTo("#");
            sipp.succeeds();
        }
    }

    @Test
    void reliable_provisional_answers_are_repeated_until_prack() {
        try (var sipp = Sipp.calls(edge, "uac_prack", "4001000001")) {
            var leg = edge.desk.arrival().legId();
            edge.plan("call-1", edge.leg(leg, new Signal.Ring(), new Hears.Silence()));
            Await.until(() -> sipp.messages().contains("PRACK sip:"));
            edge.plan("call-1", edge.leg(leg, new Signal.Answer(), new Hears.Silence()));
            edge.desk.fact(LegFact.Established.class);
            sipp.succeeds();
            assertThat(sipp.received("SIP/2.0 180 Ringing"))
                    .as("at 0 and 0.5 s")
                    .isEqualTo(2);
        }
    }

    @Test
    void we_refresh_a_session_by_re_invite_where_update_is_not_known() {
        try (var sipp = Sipp.calls(edge, "uac_refreshed", "4001000001")) {
            answered(new Hears.Silence());
            sipp.succeeds();
            assertThat(edge.count("sip_session_refreshes")).isEqualTo(2);
        }
    }

    @Test
    void we_refresh_a_session_by_update() {
        try (var sipp = Sipp.calls(edge, "uac_update_refreshed", "4001000001")) {
            answered(new Hears.Silence());
            sipp.succeeds();
        }
    }

    @Test
    void a_session_that_the_peer_does_not_refresh_is_ended() {
        try (var sipp = Sipp.calls(edge, "uac_never_refreshes", "4001000001")) {
            answered(new Hears.Silence());
            sipp.succeeds();
            assertThat(ended().how()).isEqualTo(LegEnd.How.SIGNALLING_LOST);
        }
    }

    @Test
    @Spec("AGT-028")
    void the_plan_ends_the_call_with_bye() {
        try (var sipp = Sipp.calls(edge, "uac_hung_up", "4001000001")) {
            var leg = answered(new Hears.Music("music/default"));
            edge.desk.fact(LegFact.Established.class);
            edge.plan("call-1", edge.leg(leg, new Signal.Close(), new Hears.Silence()));
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.CLOSED, 0, 0));
            sipp.succeeds();
            Await.until(() -> edge.media.health().streams() == 0);
        }
    }

    @Test
    void the_plan_refuses_a_call() {
        try (var peer = new RawSip(edge.port)) {
            edge.desk.onArrival.set(arrived -> edge.plan(
                    "call-1", edge.leg(arrived.legId(), new Signal.Refuse(486, "Busy"), new Hears.Silence())));
            assertThat(peer.ask(peer.invite("sip:1@127.0.0.1:" + edge.port, "", RawSip.sdp("m=audio 6000 RTP/AVP 0"))))
                    .startsWith("SIP/2.0 486 Busy");
            assertThat(ended()).isEqualTo(new LegEnd(LegEnd.How.CLOSED, 486, 0));
        }
    }

    @Test
    void a_call_over_tcp() {
        try (var sipp = Sipp.calls(edge, "uac_basic", "4001000001", "-d", "500", "-t", "t1")) {
            answered(new Hears.Silence());
            assertThat(edge.desk.fact(LegFact.Established.class).dialog().transport())
                    .isEqualTo("TCP");
            assertThat(ended().how()).isEqualTo(LegEnd.How.REMOTE_HUNG_UP);
            sipp.succeeds();
        }
    }

    @Test
    void the_plan_ends_a_call_over_tcp() {
        try (var sipp = Sipp.calls(edge, "uac_hung_up", "4001000001", "-t", "t1")) {
            var leg = answered(new Hears.Silence());
            edge.desk.fact(LegFact.Established.class);
            edge.plan("call-1", edge.leg(leg, new Signal.Close(), new Hears.Silence()));
            assertThat(ended().how()).isEqualTo(LegEnd.How.CLOSED);
            sipp.succeeds();
        }
    }

    @Test
    void an_invite_that_comes_again_after_its_200_or_after_the_call_is_no_new_call() {
        try (var phone = new Phone(edge, "1")) {
            phone.call();
            answered(new Hears.Silence());
            phone.connected();
            edge.desk.fact(LegFact.Established.class);
            phone.repeatInvite();
            phone.hangUp();
            ended();
            phone.repeatInvite();
            assertThat(Desk.taken(edge.desk.arrivals, Duration.ofMillis(500))).isEmpty();
        }
    }

    @Test
    void an_old_number_within_a_dialog_is_500_and_changes_nothing() {
        try (var phone = new Phone(edge, "1")) {
            phone.call();
            answered(new Hears.Silence());
            phone.connected();
            edge.desk.fact(LegFact.Established.class);
            assertThat(phone.sip.ask(phone.within("OPTIONS", 5))).startsWith("SIP/2.0 200");
            assertThat(phone.sip.ask(phone.within("BYE", 4))).startsWith("SIP/2.0 500");
            assertThat(edge.edge.held().calls()).hasSize(1);
            assertThat(phone.sip.ask(phone.within("REFER", 6))).startsWith("SIP/2.0 405");
        }
    }

    @Test
    void three_hundred_calls_leave_nothing_behind() {
        edge.trust(EdgeUnderTest.trunk("127.0.0.1:9", 1_000, "RFC4733", "127.0.0.1"));
        edge.desk.onArrival.set(arrived -> edge.plan(
                "call-" + arrived.legId(),
                edge.leg(arrived.legId(), new Signal.Answer(), new Hears.Music("music/default"))));
        try (var sipp = Sipp.calls(edge, "uac_basic", "1", "-d", "500", "-m", "300", "-r", "60", "-l", "90")) {
            sipp.succeeds(Duration.ofSeconds(38));
        }
        Await.until(() -> edge.edge.legs() == 0
                && edge.media.health().streams() == 0
                && edge.edge.held().calls().isEmpty());
        assertThat(edge.count("calls_in")).isEqualTo(300);
        assertThat(edge.count("faults")).isZero();
    }
}
