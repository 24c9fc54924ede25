package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the journal and keeps the read models. Every node runs one; the row of the offset is locked by the
/// transaction that moves it, so only one of them projects at a time, and the others go on when it is gone. A
/// failing portion is tried again with growing pauses and shows in [#lag].
public final class Projections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final int LISTEN_MS = 500;

    private final DataSource source;
    private final JournalReader reader;
    private final ProjectionSettings settings;
    private final ReadModels models;
    private final List<Consumer<RecordedCall>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile Optional<String> failure = Optional.empty();
    private @Nullable Thread follower;
    private @Nullable Thread herald;

    public Projections(DataSource source, JournalReader reader, ProjectionSettings settings) {
        this.source = source;
        this.reader = reader;
        this.settings = settings;
        this.models = new ReadModels(reader, true);
    }

    /// How far the read models are behind.
    ///
    /// @param events not yet projected, counted up to 10,000
    /// @param failure what the last try said, while it fails
    public record Lag(long events, Optional<String> failure) {}

    /// Begins to follow the journal.
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        follower = Thread.ofPlatform().name("projections").daemon().start(this::follow);
        herald = Thread.ofPlatform().name("projections-herald").daemon().start(this::listen);
    }

    /// Tells on every node, once a record can be read or has changed: on a thread of its own, at least once after
    /// each commit while this node is connected; a listener must return at once.
    public void onRecorded(Consumer<RecordedCall> listener) {
        listeners.add(listener);
    }

    public Lag lag() {
        return Sql.reading(source, sql -> {
            var offset = ReadModels.reached(sql);
            var behind = sql.first("""
                            SELECT count(*) AS behind FROM (
                              SELECT 1 FROM event_journal WHERE (xid, ordering) > (?::xid8, ?) ORDER BY xid, ordering LIMIT 10000)
                            """, row -> row.getLong("behind"), offset.xid(), offset.ordering())
                    .orElse(0L);
            return new Lag(behind, failure);
        });
    }

    /// Builds all read models anew from the journal, beside those in use, and exchanges them in one transaction.
    /// The node goes on working.
    public void rebuild() {
        new Rebuild(source, new ReadModels(reader, false), settings.portion()).run();
    }

    @Override
    public synchronized void close() {
        running = false;
        for (var thread : new @Nullable Thread[] {follower, herald}) {
            if (thread != null) {
                LockSupport.unpark(thread);
                join(thread);
            }
        }
    }

    /// Projects what there is, at most one portion.
    ///
    /// @return whether there may be more at once
    boolean project() {
        if (!hasNews()) {
            return false;
        }
        return Sql.inTransaction(source, sql -> {
            var offset = models.lockOffset(sql);
            // Another node is at it.
            return offset.isPresent() && models.project(sql, offset.get(), settings.portion()) == settings.portion();
        });
    }

    private boolean hasNews() {
        return Sql.reading(source, sql -> {
            var offset = models.offset(sql);
            return !reader.isCaughtUp(sql, offset);
        });
    }

    private void follow() {
        var pause = FIRST_RETRY;
        while (running) {
            try {
                if (!project()) {
                    LockSupport.parkNanos(settings.poll().toNanos());
                }
                failure = Optional.empty();
                pause = FIRST_RETRY;
            } catch (RuntimeException e) {
                models.forget();
                failure = Optional.of(String.valueOf(e.getMessage()));
                if (running) {
                    LOG.error("The read models could not follow the journal; next try in {}", pause, e);
                    LockSupport.parkNanos(pause.toNanos());
                    pause = pause.multipliedBy(2).compareTo(settings.retryAtMost()) < 0
                            ? pause.multipliedBy(2)
                            : settings.retryAtMost();
                }
            }
        }
    }

    private void listen() {
        while (running) {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("LISTEN " + RecordedCall.CHANNEL);
                var channel = connection.unwrap(PGConnection.class);
                while (running) {
                    var notes = channel.getNotifications(LISTEN_MS);
                    for (var note : notes == null ? new org.postgresql.PGNotification[0] : notes) {
                        tell(RecordedCall.parse(note.getParameter()));
                    }
                }
                statement.execute("UNLISTEN *");
            } catch (SQLException e) {
                if (running) {
                    LOG.warn("Not connected for news of records; trying again", e);
                    LockSupport.parkNanos(FIRST_RETRY.toNanos());
                }
            }
        }
    }

    private void tell(RecordedCall call) {
        for (var listener : listeners) {
            try {
                listener.accept(call);
            } catch (RuntimeException e) {
                LOG.error("A listener failed for the record of {}", call.callId(), e);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
