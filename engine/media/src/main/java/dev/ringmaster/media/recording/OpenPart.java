package dev.ringmaster.media.recording;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.RecordingPart;
import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.wav.WavHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One part while it is written: a window of two seconds into which frames are laid as they come, and the file, to
/// which the old end of the window goes. The writer's thread lays and writes; opening and sealing, which wait for
/// the disk, are done on others, before and after.
final class OpenPart {
    static final int LEFT = 0;
    static final int RIGHT = 1;

    /// Two seconds; a power of two.
    private static final int WINDOW = 16_384;

    private final String recordingId;
    private final int number;
    private final Duration offset;
    final RecordingWriter.Listener listener;
    final long startNanos;

    private final short[][] window = new short[2][WINDOW];
    private final AtomicLong lost = new AtomicLong();
    private volatile @Nullable FileChannel channel;
    private volatile boolean failed;
    private @Nullable Path file;
    private long written;

    OpenPart(String recordingId, int number, Duration offset, RecordingWriter.Listener listener, long startNanos) {
        this.number = number;
        this.recordingId = recordingId;
        this.offset = offset;
        this.listener = listener;
        this.startNanos = startNanos;
    }

    void open(Path folder) throws IOException {
        var name = Parts.openName(folder, recordingId, number, offset);
        var out = FileChannel.open(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        WavHeader.write(out, WavHeader.of(0), 0);
        file = name;
        channel = out;
    }

    boolean isOpen() {
        return channel != null;
    }

    /// Whether it has been given up.
    boolean hasFailed() {
        return failed;
    }

    /// Lays a frame into the window; what comes too late is lost, what lies far ahead moves the window, or is lost
    /// too while the file is not open yet.
    void lay(int side, Codec codec, long position, byte[] bytes, int length, ByteBuffer scratch) throws IOException {
        if (position + length > written + WINDOW) {
            if (!isOpen()) {
                noteLost();
                return;
            }
            writeUpTo(position + length - WINDOW / 2, scratch);
        }
        int first = Math.clamp(written - position, 0, length);
        for (int i = first; i < length; i++) {
            window[side][(int) ((position + i) & (WINDOW - 1))] = G711.decode(codec, bytes[i]);
        }
    }

    /// Called by shards.
    void noteLost() {
        lost.incrementAndGet();
    }

    /// Writes the window's old end to the file, silence where nothing came.
    void writeUpTo(long position, ByteBuffer scratch) throws IOException {
        var out = channel;
        while (out != null && written < position) {
            scratch.clear().order(ByteOrder.LITTLE_ENDIAN);
            long at = WavHeader.BYTES + written * WavHeader.BYTES_A_FRAME;
            while (written < position && scratch.remaining() >= WavHeader.BYTES_A_FRAME) {
                int index = (int) (written & (WINDOW - 1));
                scratch.putShort(window[LEFT][index]).putShort(window[RIGHT][index]);
                window[LEFT][index] = 0;
                window[RIGHT][index] = 0;
                written++;
            }
            WavHeader.write(out, scratch.flip(), at);
        }
    }

    /// Has the header say what the file holds.
    void writeHeader() throws IOException {
        var out = channel;
        if (out != null) {
            WavHeader.write(out, WavHeader.of(written), 0);
        }
    }

    /// Writes the rest; nothing may be laid any more.
    void finish(long length, ByteBuffer scratch) throws IOException {
        writeUpTo(Math.max(length, written), scratch);
        writeHeader();
    }

    /// Waits for the disk and closes: the part is whole under its last name.
    RecordingPart seal() throws IOException {
        var out = channel;
        var name = file;
        if (out == null || name == null) {
            throw new IOException("was never open");
        }
        out.force(true);
        out.close();
        channel = null;
        var whole = Parts.sealedName(name);
        Files.move(name, whole, StandardCopyOption.ATOMIC_MOVE);
        return describe(whole);
    }

    RecordingPart describe() {
        return describe(Objects.requireNonNull(file));
    }

    private RecordingPart describe(Path where) {
        return new RecordingPart(
                recordingId,
                number,
                where,
                offset,
                Duration.ofNanos(written * 125_000),
                WavHeader.BYTES + written * WavHeader.BYTES_A_FRAME,
                lost.get());
    }

    String recordingId() {
        return recordingId;
    }

    /// Lets the file go as it is; the next start seals it.
    void abandon() {
        failed = true;
        var out = channel;
        channel = null;
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException _) {
            // it is being given up because of an earlier fault
        }
    }
}
