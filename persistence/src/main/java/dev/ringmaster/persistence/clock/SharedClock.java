package dev.ringmaster.persistence.clock;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.port.DatabaseClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/// The time of an installation: this node's clock plus the shift of the test clock, which is kept in the database
/// so that restarts and other nodes agree and time never runs back. In production the shift is nothing.
public final class SharedClock implements DatabaseClock, AutoCloseable {
    private final DataSource source;
    private final Clock system;
    private final boolean testing;
    private final AtomicLong shiftMs = new AtomicLong();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("clock-", 0).factory());

    private SharedClock(DataSource source, Clock system, boolean testing) {
        this.source = source;
        this.system = system;
        this.testing = testing;
    }

    /// @param system this node's clock
    /// @param start the instant at which the clock of a new database begins (`RINGMASTER_CLOCK`); empty = no test
    ///     clock; a shift that an earlier run kept is still honoured, because its journal is
    public static SharedClock open(DataSource source, Clock system, Optional<Instant> start) {
        var clock = new SharedClock(source, system, start.isPresent());
        start.ifPresent(instant -> Sql.inTransaction(
                source,
                sql -> sql.update(
                        "INSERT INTO test_clock (shift_ms) VALUES (?) ON CONFLICT DO NOTHING",
                        Duration.between(system.instant(), instant).toMillis())));
        clock.refresh();
        return clock;
    }

    /// The clock to give to everything that needs the time.
    public Clock clock() {
        return new Shifted(ZoneOffset.UTC);
    }

    /// Whether this is a test clock, which can be moved.
    public boolean testing() {
        return testing;
    }

    /// Moves the clock of all nodes forward; the others follow with their next [#refresh].
    ///
    /// @return the new time
    public Instant advance(Duration by) {
        if (!testing) {
            throw new IllegalStateException("Only a test clock can be moved");
        }
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time never runs back");
        }
        Sql.inTransaction(source, sql -> sql.update("UPDATE test_clock SET shift_ms = shift_ms + ?", by.toMillis()));
        refresh();
        return clock().instant();
    }

    /// Reads the kept shift: at least once a second while the test clock is on, so that other nodes' moves are
    /// followed.
    ///
    /// @return whether it had been moved
    public boolean refresh() {
        var kept = Sql.reading(
                source, sql -> sql.first("SELECT shift_ms FROM test_clock", row -> row.getLong("shift_ms")));
        var now = kept.orElse(0L);
        return shiftMs.getAndSet(now) != now;
    }

    /// How far the clock is ahead of the machine's.
    public Duration shift() {
        return Duration.ofMillis(shiftMs.get());
    }

    @Override
    public CompletionStage<Instant> now() {
        return CompletableFuture.supplyAsync(
                () -> Sql.reading(
                        source,
                        sql -> sql.first(
                                        "SELECT clock_timestamp() AS now",
                                        row -> Objects.requireNonNull(Sql.instant(row, "now")))
                                .orElseThrow()),
                threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private final class Shifted extends Clock {
        private final ZoneId zone;

        Shifted(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Shifted(other);
        }

        @Override
        public Instant instant() {
            return system.instant().plusMillis(shiftMs.get());
        }
    }
}
