package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What parties hear of each other, and what is told of their keys and their silence.
@Spec("SYS-007")
class TalkTest {
    private final EdgeUnderTest edge = new EdgeUnderTest(config -> config.withMediaTimeout(Duration.ofSeconds(1)));
    private final Phone ann = new Phone(edge, "1");
    private final Phone bob = new Phone(edge, "2");

    @AfterEach
    void close() {
        ann.close();
        bob.close();
        edge.close();
    }

    private String calls(Phone phone) {
        phone.call();
        return edge.desk.arrival().legId();
    }

    private CallPlan.LegPlan talks(String leg, Hears hears) {
        return edge.leg(leg, new Signal.Answer(), hears);
    }

    @Test
    void keys_by_rfc_4733_come_once_each() {
        var leg = calls(ann);
        edge.plan("call-1", talks(leg, new Hears.Silence()));
        ann.connected();
        ann.press(1);
        assertThat(edge.desk.fact(LegFact.Digit.class).key().value()).isEqualTo("1");
        ann.press(11);
        assertThat(edge.desk.fact(LegFact.Digit.class).key().value()).isEqualTo("#");
        assertThat(edge.desk.facts.stream().filter(f -> f.fact() instanceof LegFact.Digit))
                .isEmpty();
    }

    @Test
    @Spec("AGT-027")
    void keys_go_out_by_rfc_4733_each_id_once() {
        var leg = calls(ann);
        edge.plan("call-1", talks(leg, new Hears.Silence()));
        ann.connected();
        edge.desk.fact(LegFact.Established.class);
        edge.plan("call-1", EdgeUnderTest.withDigits(talks(leg, new Hears.Silence()), "d1", "5"));
        edge.plan("call-1", EdgeUnderTest.withDigits(talks(leg, new Hears.Silence()), "d1", "5"));
        Await.until(() -> ends(5) == 3);
        edge.plan("call-1", EdgeUnderTest.withDigits(talks(leg, new Hears.Silence()), "d2", "7"));
        Await.until(() -> ends(7) == 3);
        assertThat(ends(5))
                .as("the key of a plan that came again is not sent again")
                .isEqualTo(3);
    }

    /// End packets of a key; a sender repeats the last one twice.
    private long ends(int event) {
        return ann.heard.stream()
                .filter(p -> p.payloadType() == 101 && p.payload()[0] == event && p.payload()[1] < 0)
                .count();
    }

    @Test
    void two_parties_hear_each_other_and_silence_when_one_hangs_up_although_no_engine_speaks() {
        var annsLeg = calls(ann);
        var bobsLeg = calls(bob);
        edge.plan("call-1", talks(annsLeg, new Hears.Leg(bobsLeg)), talks(bobsLeg, new Hears.Leg(annsLeg)));
        ann.connected();
        bob.connected();
        ann.says(700);
        bob.says(440);
        Await.until(() -> ann.hears(440) && bob.hears(700));

        bob.hangUp();
        var end = edge.desk.fact(LegFact.Ended.class).end();
        assertThat(end.how()).isEqualTo(LegEnd.How.REMOTE_HUNG_UP);
        Await.until(ann::hearsSilence);
        ann.answersBye();
        assertThat(edge.edge.held().calls().getFirst().legIds()).containsExactly(annsLeg);

        assertThat(edge.desk.fact(LegFact.Ended.class, Duration.ofSeconds(12)).end())
                .as("no plan came for 10 s: the engine is gone, and nobody listens to a dead line")
                .isEqualTo(new LegEnd(LegEnd.How.CLOSED, 0, 0));
    }

    @Test
    void a_party_that_falls_silent_is_reported() {
        var leg = calls(ann);
        edge.plan("call-1", talks(leg, new Hears.Silence()));
        ann.connected();
        edge.desk.fact(LegFact.Established.class);
        ann.says(440);
        Await.until(() -> !ann.heard.isEmpty());
        ann.close();
        assertThat(edge.desk.fact(LegFact.MediaTimeout.class).silent()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_conversation_is_recorded_and_its_parts_and_quality_are_told_after_its_end() throws Exception {
        var annsLeg = calls(ann);
        var bobsLeg = calls(bob);
        var recorded = new CallPlan.LegPlan(
                annsLeg,
                edge.edge.edge(),
                new Signal.Answer(),
                new Hears.Leg(bobsLeg),
                Optional.empty(),
                Optional.of("rec-1"),
                List.of());
        edge.plan("call-1", recorded, talks(bobsLeg, new Hears.Leg(annsLeg)));
        ann.connected();
        bob.connected();
        ann.says(700);
        bob.says(440);
        Await.until(() -> ann.hears(440) && bob.hears(700));
        ann.hangUp();

        assertThat(edge.desk.fact(LegFact.Quality.class).packetsReceived()).isPositive();
        var part = edge.desk.fact(LegFact.RecordingSealed.class);
        assertThat(part.recordingId()).isEqualTo("rec-1");
        assertThat(part.offset()).isZero();
        assertThat(part.length()).isPositive();
        assertThat(edge.recordings.resolve(part.part())).hasSize(part.bytes());
    }
}
