package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.DatabaseException;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.port.OpenEntities;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/// Who must be awake, as the read models say once they have caught up with the journal's head of the moment of the
/// question. Some node has to run [Projections].
public final class OpenEntityReader implements OpenEntities, AutoCloseable {
    /// After a cold start the projections may have much to catch up with; the waker asks again anyway.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final DataSource source;
    private final JournalReader reader;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("open-entities-", 0).factory());

    public OpenEntityReader(DataSource source, JournalReader reader) {
        this.source = source;
        this.reader = reader;
    }

    @Override
    public CompletionStage<Open> open() {
        return CompletableFuture.supplyAsync(this::caughtUp, threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Open caughtUp() {
        // Every transaction that had a number when the question came is below this one.
        var head = Sql.reading(
                source,
                sql -> sql.first(
                                "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS head",
                                row -> row.getString("head"))
                        .orElseThrow());
        for (var left = PATIENCE; left.isPositive(); left = left.minus(LOOK)) {
            if (hasPassed(head)) {
                return read();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw new DatabaseException(
                "The read models have not caught up with the journal in " + PATIENCE.toSeconds() + " s");
    }

    private boolean hasPassed(String head) {
        return Sql.reading(
                source,
                sql -> sql.exists("SELECT 1 WHERE pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8", head)
                        && reader.isCaughtUp(sql, ReadModels.reached(sql), head));
    }

    private Open read() {
        var found = new HashMap<String, Set<String>>();
        Sql.reading(
                source,
                sql -> sql.list(
                        "SELECT kind, entity_id FROM open_entity",
                        row -> found.computeIfAbsent(row.getString("kind"), _ -> new HashSet<>())
                                .add(row.getString("entity_id"))));
        return new Open(
                found.getOrDefault("call", Set.of()),
                found.getOrDefault("agent", Set.of()),
                found.getOrDefault("seats", Set.of()));
    }
}
