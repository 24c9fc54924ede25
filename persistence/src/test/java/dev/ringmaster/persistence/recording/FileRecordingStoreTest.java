package dev.ringmaster.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.spec.Spec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts of a recording become one file that can be played from any place.
@Spec({"HOT-020", "REP-014"})
class FileRecordingStoreTest {
    private static final int BYTES_A_MS = 32;
    private final TestDatabase database = TestDatabase.create();

    @TempDir
    Path folder;

    private FileRecordingStore store() {
        return new FileRecordingStore(
                folder.resolve("edge"), folder.resolve("files"), database.source(), Clock.systemUTC());
    }

    @BeforeEach
    void a_finished_call() throws IOException {
        Files.createDirectories(folder.resolve("edge"));
        Sql.inTransaction(database.source(), sql -> sql.update("""
                        INSERT INTO call_record (call_id, instance_id, direction, from_number, to_number, customer, area, started_at,
                          ended_at, ended_by, result, cause, ivr_path, transferred_to_human, source, remark, tags, recording_id)
                        VALUES ('c-1', 'one', 'INBOUND', '1', '2', '1', '', now(), now(), 'CALLER', 'SUCCESS', '', '{}', TRUE, '', '',
                          '{}', 'rec-1')
                        """));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void two_parts_are_joined_with_silence_for_the_time_between() throws Exception {
        try (var store = store()) {
            seal(store, "rec-1.1.wav", 0, 100, 1);
            seal(store, "rec-1.2.wav", 250, 50, 2);

            var recording = store.open("one", "c-1").orElseThrow();
            assertThat(recording.duration()).isEqualTo(Duration.ofMillis(300));
            var whole = recording.from(0).readAllBytes();
            assertThat(whole).hasSize((int) recording.length()).hasSize(44 + 300 * BYTES_A_MS);
            assertThat(Arrays.copyOfRange(whole, 44, 44 + 100 * BYTES_A_MS)).containsOnly(1);
            assertThat(Arrays.copyOfRange(whole, 44 + 100 * BYTES_A_MS, 44 + 250 * BYTES_A_MS))
                    .containsOnly(0);
            assertThat(Arrays.copyOfRange(whole, 44 + 250 * BYTES_A_MS, whole.length))
                    .containsOnly(2);
            var format = AudioSystem.getAudioInputStream(new ByteArrayInputStream(whole))
                    .getFormat();
            assertThat(format.getChannels()).isEqualTo(2);
            assertThat(format.getSampleRate()).isEqualTo(8000);

            for (var from : List.of(1, 43, 44, 45, 44 + 99 * BYTES_A_MS + 7, 44 + 260 * BYTES_A_MS, whole.length)) {
                assertThat(recording.from(from).readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
            }
        }
    }

    @Test
    void sealing_again_changes_nothing_and_the_edge_keeps_no_copy() throws Exception {
        try (var store = store()) {
            seal(store, "rec-1.1.wav", 0, 100, 1);
            assertThat(folder.resolve("edge/rec-1.1.wav")).doesNotExist();
            store.seal("c-1", "rec-1", "rec-1.1.wav", Duration.ZERO, Duration.ofMillis(100), 1)
                    .toCompletableFuture()
                    .join();
            assertThat(store.open("one", "c-1").orElseThrow().duration()).isEqualTo(Duration.ofMillis(100));
        }
    }

    /// Memory stands in for the other disk; where there is none, nothing is shown.
    @Test
    void a_part_moves_to_another_disk() throws Exception {
        var memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "no second file system at " + memory);
        var edge = Files.createTempDirectory(memory, "ringmaster-edge");
        assumeTrue(!Files.getFileStore(edge).equals(Files.getFileStore(folder)), "one file system only");
        try (var store = new FileRecordingStore(edge, folder.resolve("files"), database.source(), Clock.systemUTC())) {
            Files.write(edge.resolve("rec-1.1.wav"), new byte[44 + 100 * BYTES_A_MS]);
            store.seal("c-1", "rec-1", "rec-1.1.wav", Duration.ZERO, Duration.ofMillis(100), 44 + 100 * BYTES_A_MS)
                    .toCompletableFuture()
                    .join();
            assertThat(store.open("one", "c-1").orElseThrow().duration()).isEqualTo(Duration.ofMillis(100));
            assertThat(edge).isEmptyDirectory();
        } finally {
            Files.delete(edge);
        }
    }

    @Test
    void a_part_that_is_not_there_is_an_error_and_leaves_no_row() {
        try (var store = store()) {
            assertThatThrownBy(() -> store.seal("c-1", "rec-1", "rec-1.9.wav", Duration.ZERO, Duration.ofMillis(100), 1)
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("rec-1.9.wav");
            assertThat(store.open("one", "c-1")).isEmpty();
        }
    }

    @Test
    @Spec("SYS-012")
    void no_name_leads_out_of_the_folder() throws Exception {
        Files.writeString(folder.resolve("secret"), "x");
        try (var store = store()) {
            for (var name : List.of("../secret", "..", "/etc/passwd", "a/b", ".hidden", "", "a\\b", "a\0b")) {
                assertThatThrownBy(() -> store.seal("c-1", "rec-1", name, Duration.ZERO, Duration.ofMillis(1), 1)
                                .toCompletableFuture()
                                .join())
                        .as(name)
                        .hasCauseInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> store.seal("c-1", name, "p.wav", Duration.ZERO, Duration.ofMillis(1), 1)
                                .toCompletableFuture()
                                .join())
                        .as(name)
                        .hasCauseInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(folder.resolve("secret")).exists();
    }

    @Test
    void another_instance_does_not_hear_it() throws Exception {
        try (var store = store()) {
            seal(store, "rec-1.1.wav", 0, 100, 1);
            assertThat(store.open("two", "c-1")).isEmpty();
        }
    }

    private void seal(FileRecordingStore store, String part, long offsetMs, int lengthMs, int sample)
            throws IOException {
        var bytes = new byte[44 + lengthMs * BYTES_A_MS];
        Arrays.fill(bytes, 44, bytes.length, (byte) sample);
        Files.write(folder.resolve("edge").resolve(part), bytes);
        store.seal("c-1", "rec-1", part, Duration.ofMillis(offsetMs), Duration.ofMillis(lengthMs), bytes.length)
                .toCompletableFuture()
                .join();
    }
}
