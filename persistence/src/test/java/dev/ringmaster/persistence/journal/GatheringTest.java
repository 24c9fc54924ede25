package dev.ringmaster.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.spec.Spec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// Many questions share a round; each gets its own answer.
@Spec("SYS-002")
class GatheringTest {
    private final ArrayDeque<Runnable> started = new ArrayDeque<>();
    private final List<List<Integer>> rounds = new ArrayList<>();

    private Gathering<Integer, String> gathering(Gathering.Limits limits) {
        return new Gathering<>(started::add, limits, round -> {
            rounds.add(round);
            if (round.contains(13)) {
                throw new IllegalStateException("a bad row");
            }
            return round.stream().map(String::valueOf).toList();
        });
    }

    @Test
    void what_comes_before_a_round_begins_shares_it_and_gets_its_own_answer() {
        var gathering = gathering(new Gathering.Limits(1, 2, 10));
        var answers = List.of(gathering.ask(1), gathering.ask(2), gathering.ask(3));
        assertThat(started).hasSize(1);
        started.remove().run();
        assertThat(rounds).containsExactly(List.of(1, 2), List.of(3));
        assertThat(answers.stream().map(a -> a.join())).containsExactly("1", "2", "3");
        var _ = gathering.ask(4);
        assertThat(started).hasSize(1);
    }

    @Test
    void a_round_that_fails_fails_for_all_its_questions_and_for_no_other() {
        var gathering = gathering(new Gathering.Limits(2, 2, 10));
        var first = gathering.ask(1);
        var bad = gathering.ask(13);
        var later = gathering.ask(3);
        assertThat(started).hasSize(2);
        started.remove().run();
        assertThatThrownBy(first::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("a bad row");
        assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class);
        assertThat(later.join()).isEqualTo("3");
    }

    @Test
    void more_than_may_wait_are_refused_at_once() {
        var gathering = gathering(new Gathering.Limits(1, 10, 2));
        var _ = gathering.ask(1);
        var _ = gathering.ask(2);
        assertThat(gathering.ask(3)).isCompletedExceptionally();
        started.remove().run();
        assertThat(gathering.ask(4)).isNotDone();
    }
}
