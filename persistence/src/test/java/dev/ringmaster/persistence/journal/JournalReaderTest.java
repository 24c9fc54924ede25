package dev.ringmaster.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.CallEvent;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.persistence.journal.JournalReader.Offset;
import dev.ringmaster.spec.Spec;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The reader sees everything once, in an order that never changes, however transactions overlap.
@Spec({"SYS-004", "SYS-005"})
class JournalReaderTest {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private final TestDatabase database = TestDatabase.create();
    private final JournalWriter journal = new JournalWriter(database.source());
    private final JournalReader reader = journal.reader();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void waits_for_a_transaction_that_began_earlier_and_commits_later() throws Exception {
        try (var slow = database.source().getConnection();
                var fast = database.source().getConnection()) {
            slow.setAutoCommit(false);
            fast.setAutoCommit(false);
            journal.write(slow, "call|slow", new CallEvent.CallAnswered(NINE));
            journal.write(fast, "call|fast", new CallEvent.CallAnswered(NINE));
            fast.commit();
            assertThat(read(Offset.BEGINNING)).as("its elder still runs").isEmpty();
            slow.commit();
            assertThat(read(Offset.BEGINNING))
                    .extracting(JournalReader.Entry::entityId)
                    .containsExactly("slow", "fast");
        }
    }

    @Test
    void a_rolled_back_transaction_holds_nobody() throws Exception {
        try (var failing = database.source().getConnection()) {
            failing.setAutoCommit(false);
            journal.write(failing, "call|never", new CallEvent.CallAnswered(NINE));
            failing.rollback();
        }
        journal.write("call|next", new CallEvent.CallAnswered(NINE));
        assertThat(read(Offset.BEGINNING))
                .extracting(JournalReader.Entry::entityId)
                .containsExactly("next");
    }

    @Test
    void skips_nothing_while_many_write_at_once_and_commit_in_any_order() throws Exception {
        var seed = System.nanoTime();
        var writers = 6;
        var transactions = 40;
        var finished = new AtomicInteger();
        var seen = new ArrayList<JournalReader.Entry>();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (int w = 0; w < writers; w++) {
                var random = new Random(seed + w);
                var name = "call|w" + w + "-";
                var _ = threads.submit(() -> {
                    try {
                        for (int t = 0; t < transactions; t++) {
                            writeSlowly(name + t, random);
                        }
                    } finally {
                        finished.incrementAndGet();
                    }
                    return null;
                });
            }
            var offset = Offset.BEGINNING;
            var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            for (var done = false; System.nanoTime() < end; ) {
                var portion = read(offset);
                seen.addAll(portion);
                if (!portion.isEmpty()) {
                    offset = portion.getLast().offset();
                } else if (done) {
                    break;
                }
                done = finished.get() == writers;
            }
        }
        var ids = seen.stream().map(e -> e.persistenceId() + "/" + e.seq()).toList();
        assertThat(ids).as("seed " + seed).doesNotHaveDuplicates().hasSize(writers * transactions * 2);
        // The same order again from the beginning.
        assertThat(read(Offset.BEGINNING).stream().map(e -> e.persistenceId() + "/" + e.seq()))
                .containsExactlyElementsOf(ids);
        assertThat(new HashSet<>(ids)).hasSize(ids.size());
    }

    private void writeSlowly(String persistenceId, Random random) throws Exception {
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            journal.write(connection, persistenceId, new CallEvent.CallAnswered(NINE));
            Thread.sleep(random.nextInt(6));
            journal.write(connection, persistenceId, new CallEvent.CallHeld(NINE));
            Thread.sleep(random.nextInt(6));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private List<JournalReader.Entry> read(Offset offset) {
        return Sql.reading(database.source(), sql -> reader.after(sql, offset, 100_000));
    }
}
