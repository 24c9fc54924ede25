package dev.ringmaster.persistence.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.spec.Spec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The clock of a test profile: one for all nodes, kept over restarts.
@Spec("SYS-008")
class SharedClockTest {
    private static final Instant START = Instant.parse("2030-01-01T08:00:00Z");
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_new_database_begins_at_the_given_instant_and_later_starts_go_on_from_there() {
        try (var first = open(Optional.of(START))) {
            assertThat(first.clock().instant()).isBetween(START, START.plusSeconds(5));
            first.advance(Duration.ofHours(1));
            assertThat(first.clock().instant()).isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
        }
        try (var second = open(Optional.of(START))) {
            assertThat(second.clock().instant()).isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
        }
        try (var without = open(Optional.empty())) {
            assertThat(without.testing()).isFalse();
            assertThat(without.clock().instant()).isAfterOrEqualTo(START);
        }
    }

    @Test
    void another_node_follows() {
        try (var one = open(Optional.of(START));
                var other = open(Optional.of(START))) {
            one.advance(Duration.ofDays(1));
            assertThat(other.refresh()).isTrue();
            assertThat(other.refresh()).isFalse();
            assertThat(other.shift()).isEqualTo(one.shift());
        }
    }

    @Test
    void time_never_runs_back_and_cannot_be_moved_in_production() {
        try (var test = open(Optional.of(START))) {
            assertThatThrownBy(() -> test.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        }
        try (var database2 = TestDatabase.create();
                var production = SharedClock.open(database2.source(), Clock.systemUTC(), Optional.empty())) {
            assertThat(production.shift()).isZero();
            assertThatThrownBy(() -> production.advance(Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void the_databases_own_time_has_no_shift() {
        try (var test = open(Optional.of(START))) {
            var there = test.now().toCompletableFuture().join();
            assertThat(Duration.between(there, Clock.systemUTC().instant()).abs())
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    private SharedClock open(Optional<Instant> start) {
        return SharedClock.open(database.source(), Clock.systemUTC(), start);
    }
}
