package dev.ringmaster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Random days of a small contact centre on one to three nodes: the real shells over a simulated
/// world. Another day: `-Dringmaster.seed=…`;
/// more of them: `./ringmaster bench simulation`.
class RandomDaysTest {
    private static final int DAYS = Integer.getInteger("ringmaster.days", 300);

    /// A busy machine plays fewer days.
    private static final Duration AT_MOST = Duration.ofSeconds(Integer.getInteger("ringmaster.days.seconds", 75));

    @Test
    @Spec({"HOT-014", "HOT-019", "HOT-021", "AGT-013", "AGT-015", "SYS-001", "SYS-002", "SYS-008"})
    void no_caller_is_lost_or_offered_twice_and_nobody_is_stuck() {
        var first = Long.getLong("ringmaster.seed", System.nanoTime());
        var end = System.nanoTime() + AT_MOST.toNanos();
        var days = new ArrayList<Day>();
        while (days.size() < DAYS && (days.size() < 3 || System.nanoTime() < end)) {
            days.add(Day.play(first + days.size()));
        }
        var talked = days.stream().mapToInt(Day::conversations).sum();
        System.out.println(
                "random days: seeds from " + first + ", " + days.size() + " days, " + talked + " conversations");
        assertThat(talked).isGreaterThan(days.size());
    }

    @Test
    void the_same_seed_makes_the_same_day() {
        for (var seed = 1; seed <= 3; seed++) {
            assertThat(Day.play(seed)).isEqualTo(Day.play(seed));
        }
    }
}
