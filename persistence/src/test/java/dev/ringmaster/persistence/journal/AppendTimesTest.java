package dev.ringmaster.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is said of the journal's pace, under a clock of its own.
@Spec("SYS-014")
class AppendTimesTest {
    private final AtomicLong nanos = new AtomicLong(11);
    private final AppendTimes times = new AppendTimes(nanos::get);

    private CompletableFuture<String> begin() {
        var write = new CompletableFuture<String>();
        var timed = times.of(() -> write);
        assertThat(timed).isNotDone();
        return write;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /// A second of a hundred writes that all take so long.
    private void second(Duration each) {
        List<CompletableFuture<String>> writes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            writes.add(begin());
        }
        pass(each);
        writes.forEach(write -> write.complete("written"));
        pass(Duration.ofSeconds(1).minus(each));
    }

    @Test
    void what_takes_long_for_seconds_stands_and_one_second_is_a_hiccup() {
        for (int i = 0; i < 3; i++) {
            second(Duration.ofMillis(5));
        }
        assertThat(times.standing()).isBetween(Duration.ofMillis(5), Duration.ofMillis(7));
        second(Duration.ofMillis(900));
        second(Duration.ofMillis(900));
        assertThat(times.standing()).isLessThan(Duration.ofMillis(7));
        assertThat(times.p99()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100));
        second(Duration.ofMillis(900));
        assertThat(times.standing()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100));
        second(Duration.ofMillis(5));
        assertThat(times.standing()).isLessThan(Duration.ofMillis(7));
    }

    @Test
    void one_slow_write_of_a_hundred_is_not_the_ninety_nine() {
        for (int i = 0; i < 3; i++) {
            var slow = begin();
            second(Duration.ofMillis(5));
            slow.complete("written");
        }
        assertThat(times.p99()).isLessThan(Duration.ofMillis(7));
    }

    @Test
    void a_journal_that_stops_is_noticed_and_writes_that_fail_count() {
        var write = begin();
        pass(Duration.ofMillis(2_900));
        assertThat(times.standing()).isZero();
        pass(Duration.ofMillis(200));
        assertThat(times.standing()).isEqualTo(Duration.ofMillis(3_100));
        write.completeExceptionally(new IllegalStateException("no connection"));
        assertThat(times.standing()).isZero();
    }

    @Test
    void a_journal_that_has_nothing_to_write_is_not_slow() {
        for (int i = 0; i < 3; i++) {
            second(Duration.ofMillis(900));
        }
        pass(Duration.ofSeconds(3));
        assertThat(times.standing()).isZero();
        pass(Duration.ofDays(300));
        assertThat(times.standing()).isZero();
        assertThat(times.p99()).isZero();
    }
}
