package dev.ringmaster.call;

import static dev.ringmaster.call.Histories.DIRECT;
import static dev.ringmaster.call.Histories.FLOWS;
import static dev.ringmaster.call.Histories.arrived;
import static dev.ringmaster.call.Histories.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Spec("SYS-001")
class DoubtTest {
    private static Histories waiting() {
        return arrived(DIRECT, Optional.empty());
    }

    private static CallCommand doubt(Doubt.Kind kind, String about, String with) {
        return new CallCommand.Doubted(new Doubt(kind, about, with));
    }

    private static List<CallEvent> decided(Histories c, CallCommand command) {
        return decided(c.call, command, c.now);
    }

    private static List<CallEvent> decided(Call call, CallCommand command, Instant now) {
        return call.decide(command, now, FLOWS) instanceof Decision.Accepted<CallEvent>(var events)
                ? events
                : List.of();
    }

    @Test
    void a_call_that_sees_for_itself_that_all_is_well_does_nothing() {
        var c = waiting();
        assertThat(decided(c, doubt(Doubt.Kind.NOT_IN_QUEUE, "sales", "sales"))).isEmpty();
        assertThat(decided(c, doubt(Doubt.Kind.WRONG_QUEUE, "support", "support")))
                .isEmpty();
        assertThat(decided(c, doubt(Doubt.Kind.LEG_UNPLANNED, "leg1", "edge1#1")))
                .isEmpty();
        assertThat(decided(c, doubt(Doubt.Kind.OWED_TOO_LONG, "ended/t0", "agent ann")))
                .isEmpty();
        assertThat(decided(c, new CallCommand.AgentHasNothing("ann", "t0"))).isEmpty();
        assertThat(decided(c, new CallCommand.LegNotHeld("leg1", "edge2#1"))).isEmpty();
    }

    @Test
    void what_a_queue_counts_wrongly_is_told_that_the_call_has_left() {
        var c = waiting().does(doubt(Doubt.Kind.WRONG_QUEUE, "sales", "sales"));
        assertThat(c.owes()).containsExactly("left");
        assertThat(c.call.waiting(1)).isPresent();
    }

    @Test
    void nothing_for_this_token_is_a_promise() {
        var c = waiting().does(new CallCommand.AskedUnder("ann", "t1"));
        assertThat(c.refused(new CallCommand.FromQueue(offer("t1", "ann")))).isEqualTo("TokenClosed");
        assertThat(decided(c, new CallCommand.AskedUnder("ann", "t1")))
                .as("said once")
                .isEmpty();
        assertThat(CallFact.knows(c.call, "ann", "t1")).isFalse();
    }

    @Test
    void a_caller_whose_agent_does_not_have_the_call_waits_again_at_his_place() {
        var c = waiting().later(Duration.ofSeconds(3)).annAnswers().later(Duration.ofSeconds(20));
        assertThat(CallFact.knows(c.call, "ann", "t1")).isTrue();
        c.does(new CallCommand.AgentHasNothing("ann", "t1"));
        assertThat(c.screen().phase()).isEqualTo("QUEUED");
        assertThat(c.events)
                .contains(new CallEvent.TruthHealed("CALL_WITHOUT_AGENT", "t1", "ann", "agentReleased", c.now));
    }

    @Test
    void a_call_whose_leg_is_nowhere_ends_as_call_loss() {
        var c = waiting().does(new CallCommand.LegNotHeld("leg1", "edge1#1"));
        assertThat(c.screen().result()).contains(CallResult.CALL_LOSS);
    }

    @Test
    void a_call_that_never_was_plans_no_leg_and_waits_nowhere() {
        var never = Call.unborn("c1");
        assertThat(decided(never, doubt(Doubt.Kind.LEG_UNPLANNED, "leg1", "edge1#1"), Histories.NINE))
                .hasSize(1);
        assertThat(decided(never, doubt(Doubt.Kind.WRONG_QUEUE, "support", "support"), Histories.NINE))
                .hasSize(1);
        assertThat(CallFact.of(never, 0)).isEmpty();
    }
}
