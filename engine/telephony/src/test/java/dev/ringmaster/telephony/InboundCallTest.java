package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Calls that come in over a trunk, made by SIPp.
@Tag("peer")
@Spec({"SYS-007", "TEN-038"})
class InboundCallTest {
    private final EdgeUnderTest edge = new EdgeUnderTest();

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
            assertThat(edge.desk.fact(LegFact.Ended.class).end())
                    .isEqualTo(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0));
            sipp.succeeds();
            assertThat(sipp.received("SIP/2.0 180 Ringing")).isEqualTo(1);
            assertThat(edge.edge.held().calls()).isEmpty();
            assertThat(edge.desk.fact(LegFact.Quality.class).packetsReceived()).isZero();
        }
    }
}
