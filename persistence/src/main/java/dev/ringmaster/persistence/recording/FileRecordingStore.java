package dev.ringmaster.persistence.recording;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.projection.RecordedCall;
import dev.ringmaster.port.RecordingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/// Keeps recordings as files in a folder that all nodes see (`RINGMASTER_FILES`), one row a part. A part is moved
/// there from the disk of the edge that wrote it; first the file, then the row, so that a row never points to
/// nothing.
public final class FileRecordingStore implements RecordingStore, AutoCloseable {
    /// Of a name that becomes part of a path: nothing that could lead out of a folder.
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");

    private final Path edgeFolder;
    private final Path folder;
    private final DataSource source;
    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("recordings-", 0).factory());

    /// @param edgeFolder where this node's media writes and seals parts
    /// @param files `RINGMASTER_FILES`
    public FileRecordingStore(Path edgeFolder, Path files, DataSource source, Clock clock) {
        this.edgeFolder = edgeFolder.toAbsolutePath().normalize();
        this.folder = files.toAbsolutePath().normalize().resolve("recordings");
        this.source = source;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> seal(
            String callId, String recordingId, String part, Duration offset, Duration length, long bytes) {
        return CompletableFuture.runAsync(() -> keep(callId, recordingId, part, offset, length, bytes), threads);
    }

    /// The recording of a finished call; empty if it has none (yet). Whether the asker may hear it is decided
    /// before.
    public Optional<PlayableRecording> open(String instanceId, String callId) {
        var parts = Sql.reading(
                source,
                sql -> sql.list(
                        """
                        SELECT p.file, p.offset_ms, p.length_ms FROM call_record r
                        JOIN recording_part p ON p.recording_id = r.recording_id AND p.call_id = r.call_id
                        WHERE r.instance_id = ? AND r.call_id = ? ORDER BY p.offset_ms, p.part
                        """,
                        row -> new JoinedRecording.Part(
                                inside(row.getString("file")), row.getLong("offset_ms"), row.getLong("length_ms")),
                        instanceId,
                        callId));
        return parts.isEmpty() ? Optional.empty() : Optional.of(new JoinedRecording(parts));
    }

    @Override
    public void close() {
        threads.close();
    }

    private void keep(String callId, String recordingId, String part, Duration offset, Duration length, long bytes) {
        for (var name : List.of(recordingId, part)) {
            requireSafe(name);
        }
        var file = shelf(recordingId) + "/" + part;
        try {
            move(edgeFolder.resolve(part), inside(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The part " + part + " of recording " + recordingId + " cannot be kept", e);
        }
        Sql.reading(
                source,
                sql -> sql.update(
                        """
                        INSERT INTO recording_part (recording_id, part, call_id, offset_ms, length_ms, bytes, file, sealed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """,
                        recordingId,
                        part,
                        callId,
                        offset.toMillis(),
                        length.toMillis(),
                        bytes,
                        file,
                        clock.instant()));
        // After the commit: either the record is there, and its readers look again; or it comes later, and finds the
        // part.
        Sql.reading(source, sql -> {
            RecordedCall.find(sql, callId).ifPresent(call -> call.tell(sql));
            return true;
        });
    }

    /// Two folders deep, so that a million recordings do not lie in one folder.
    private static String shelf(String recordingId) {
        return String.format(java.util.Locale.ROOT, "%02x", recordingId.hashCode() & 0xff) + "/" + recordingId;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (Files.exists(to)) {
            // Kept before, and the report of it was lost.
            Files.deleteIfExists(from);
            return;
        }
        try {
            if (!renamed(from, to)) {
                copied(from, to);
            }
        } catch (NoSuchFileException e) {
            if (!Files.exists(to)) {
                throw e;
            }
        }
    }

    /// Whether both lie on one disk; there it was sealed already.
    private static boolean renamed(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException _) {
            return false;
        }
    }

    /// Copied beside and renamed: a half copy must not look whole.
    private static void copied(Path from, Path to) throws IOException {
        var beside = to.resolveSibling(to.getFileName() + ".copying");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(from);
    }

    private Path inside(String file) {
        var path = folder.resolve(file).normalize();
        if (!path.startsWith(folder)) {
            throw new IllegalArgumentException("A recording lies in its folder");
        }
        return path;
    }

    private static void requireSafe(String name) {
        if (!SAFE.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a recording or part: letters, digits, -, _ and . inside");
        }
    }
}
