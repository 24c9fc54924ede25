package dev.ringmaster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One and the same short morning again and again: each time somebody dies at another point, before or after a write or
/// between two effects; first alone, then with his whole process. Nothing else ever goes wrong.
class EveryPointTest {
    private static final long SEED = 5;
    private static final long NOBODY = Long.MAX_VALUE;

    @Test
    @Spec({"SYS-002", "HOT-014"})
    void whichever_entity_dies_at_whatever_point_nobody_is_left_behind() {
        everyPoint(false, 1);
    }

    @Test
    @Spec({"SYS-002", "AGT-013", "HOT-014"})
    void whichever_process_dies_at_whatever_point_nobody_is_left_behind() {
        everyPoint(true, 3);
    }

    private static void everyPoint(boolean wholeProcess, int step) {
        var untroubled = morning(wholeProcess, NOBODY);
        assertThat(untroubled.folded.calls().values())
                .anyMatch(call -> call.screen().flatMap(s -> s.agentId()).isPresent());
        for (var point = 0L; point < untroubled.points(); point += step) {
            try {
                morning(wholeProcess, point);
            } catch (AssertionError wrong) {
                throw new AssertionError("death at point " + point + ": " + wrong.getMessage(), wrong);
            }
        }
    }

    private static ContactCentre morning(boolean wholeProcess, long strikesAt) {
        var world = new World(SEED);
        var centre = new ContactCentre(world, Faults.onePoint(wholeProcess), 2, strikesAt);
        centre.desk("agent0", ContactCentre.GROUPS);
        world.in(9_000, () -> centre.arrives("support-2-survey"));
        world.in(14_000, () -> centre.arrives("sales-1-plain"));
        world.every(250, centre.checks::now);
        world.run(Duration.ofSeconds(60));
        world.calm = true;
        world.run(Duration.ofSeconds(100));
        var evening = new Evening(centre);
        evening.aligned();
        world.run(Duration.ofMinutes(4));
        evening.over();
        assertThat(List.copyOf(centre.cluster.living())).isNotEmpty();
        return centre;
    }
}
