package dev.ringmaster.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToSeats.Freed;
import dev.ringmaster.exchange.AgentToSeats.Taken;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.SeatsCommand.DeadlinePassed;
import dev.ringmaster.tenant.SeatsCommand.FromAgent;
import dev.ringmaster.tenant.SeatsCommand.Hold;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Spec("TEN-013")
class SeatsTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private Seats seats = Seats.unborn();

    @Test
    void one_seat_and_two_agents_the_second_sits_when_the_first_has_gone() {
        assertThat(tell(new Hold("t1", "ann", 1))).isTrue();
        assertThat(tell(new FromAgent(new Taken("t1", "ann")))).isTrue();
        assertThat(tell(new Hold("t2", "bob", 1))).isFalse();
        assertThat(tell(new FromAgent(new Freed("t1")))).isTrue();
        assertThat(tell(new Hold("t3", "bob", 1))).isTrue();
    }

    @Test
    void a_hold_that_nobody_takes_lapses() {
        tell(new Hold("t1", "ann", 1));
        assertThat(seats.deadline()).contains(NINE.plus(Seats.HOLD_FOR));
        tell(new DeadlinePassed(), NINE.plusSeconds(9));
        assertThat(seats.inUse()).isEqualTo(1);
        tell(new DeadlinePassed(), NINE.plusSeconds(10));
        assertThat(seats.inUse()).isZero();
        assertThat(seats.open()).isFalse();
    }

    @Test
    void repeats_change_nothing_and_an_agent_never_has_two_seats() {
        tell(new Hold("t1", "ann", 2));
        tell(new FromAgent(new Taken("t1", "ann")));
        tell(new FromAgent(new Taken("t1", "ann")));
        tell(new Hold("t2", "ann", 2));
        assertThat(seats.inUse()).isEqualTo(1);
        tell(new FromAgent(new Freed("t1"))); // late, of the seat she had before
        assertThat(seats.inUse()).isEqualTo(1);
        tell(new FromAgent(new Freed("t2")));
        tell(new FromAgent(new Freed("t2")));
        assertThat(seats.inUse()).isZero();
    }

    @Test
    void a_second_hold_that_comes_to_nothing_leaves_her_the_seat_she_has() {
        tell(new Hold("t1", "ann", 1));
        tell(new FromAgent(new Taken("t1", "ann")));
        assertThat(tell(new Hold("t2", "ann", 1))).isTrue();
        tell(new DeadlinePassed(), NINE.plusSeconds(10));
        assertThat(seats.byToken()).containsOnlyKeys("t1");
        assertThat(tell(new Hold("t3", "bob", 1))).isFalse();
    }

    @Test
    void a_lapsed_hold_is_hers_all_the_same_while_there_is_room() {
        tell(new Hold("t1", "ann", 1));
        tell(new DeadlinePassed(), NINE.plusSeconds(10));
        assertThat(tell(new FromAgent(new Taken("t1", "ann")))).isTrue();
        assertThat(tell(new FromAgent(new Taken("t9", "bob")))).isFalse();
    }

    @Test
    void a_taken_that_arrives_after_its_freed_takes_nothing() {
        tell(new Hold("t1", "ann", 1));
        tell(new FromAgent(new Freed("t1")));
        assertThat(tell(new FromAgent(new Taken("t1", "ann")))).isFalse();
        assertThat(tell(new FromAgent(new Freed("t2")))).isTrue();
        assertThat(tell(new FromAgent(new Taken("t2", "bob")))).isFalse();
        assertThat(seats.inUse()).isZero();
    }

    private boolean tell(SeatsCommand command) {
        return tell(command, NINE);
    }

    private boolean tell(SeatsCommand command, Instant now) {
        return switch (seats.decide(command, now)) {
            case Decision.Accepted<SeatsEvent>(var events) -> {
                events.forEach(event -> seats = Seats.apply(seats, event));
                yield true;
            }
            case Decision.Refused<SeatsEvent> _ -> false;
        };
    }
}
