package dev.ringmaster.media.recording;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.RecordingPart;
import dev.ringmaster.media.Recordings;
import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.shard.FrameRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes recordings. Shards hand it frames through a ring; when the disk is too slow for it,
/// frames are left out, counted and silent, and nobody waits. Files are opened and sealed on threads beside it.
///
/// A frame is on its way to the file no later than [#WINDOW_SAMPLES] and [#FLUSH_NANOS] after it came, about 0.6 s:
/// that is what a crash of the process can take.
public final class RecordingWriter implements Recordings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);
    /// How long late frames are waited for: 400 ms.
    private static final int WINDOW_SAMPLES = 3_200;

    private static final long FLUSH_NANOS = 200_000_000;
    private static final long HEADER_NANOS = 1_000_000_000;
    private static final long POLL_NANOS = 10_000_000;
    /// How long closing waits for parts whose file is not open yet.
    private static final long CLOSE_NANOS = 5_000_000_000L;

    /// Frames on the way: at 1,000 recorded calls 160 ms of a disk that stands still, in 10 MB.
    private static final int RING_SLOTS = 16_384;
    /// They wait for the disk: each sealing is an fsync.
    private static final int DISK_THREADS = 4;

    /// Who is told, on threads of the writer.
    public interface Listener {
        void started(RecordingPart part);

        void sealed(RecordingPart part);

        void failed(String recordingId, String reason);
    }

    private final Path folder;
    private final FrameRing ring = new FrameRing(RING_SLOTS);
    private final ConcurrentLinkedQueue<OpenPart> beginning = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Seal> sealing = new ConcurrentLinkedQueue<>();
    private final Set<OpenPart> parts = new LinkedHashSet<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(32_768);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private final ExecutorService disk = Executors.newFixedThreadPool(
            DISK_THREADS, Thread.ofPlatform().name("media-disk-", 0).daemon().factory());
    private volatile boolean closing;
    private long flushedNanos;
    private long headersNanos;

    public RecordingWriter(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("the folder of recordings cannot be written: " + folder);
        }
        thread = Thread.ofPlatform().name("media-recordings").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Begins the next part of a recording; frames may be laid at once.
    ///
    /// @param number of this part of the recording, from 1
    /// @param offset of this part in the recording
    public Recorder begin(String recordingId, int number, Duration offset, Listener listener, long nowNanos) {
        var part = new OpenPart(recordingId, number, offset, listener, nowNanos);
        beginning.add(part);
        disk.execute(() -> open(part));
        return new Recorder(this, part, nowNanos);
    }

    void offer(OpenPart part, int side, Codec codec, long position, byte[] bytes, int at, int length) {
        var slot = length > FrameRing.MAX_BYTES ? null : ring.claim();
        if (slot == null) {
            dropped.increment();
            part.noteLost();
            return;
        }
        slot.target = part;
        slot.kind = (codec.payloadType() << 1) | side;
        slot.when = position;
        slot.fill(bytes, at, length);
        ring.publish(slot);
    }

    void seal(OpenPart part, long length) {
        sealing.add(new Seal(part, length));
    }

    @Override
    public List<RecordingPart> sealLeftBehind() throws IOException {
        return Parts.sealLeftBehind(folder);
    }

    /// Frames that found the ring full.
    public long dropped() {
        return dropped.sum();
    }

    /// Writes and seals what is open, and ends.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(10));
            disk.shutdown();
            if (!disk.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("recordings were not sealed in time; the next start does it");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private record Seal(OpenPart part, long length) {}

    private void run() {
        long end = Long.MAX_VALUE;
        while (System.nanoTime() < end) {
            boolean last = closing && sealing.isEmpty() && parts.isEmpty();
            try {
                turn(System.nanoTime());
            } catch (RuntimeException fault) {
                LOG.error("the writer of recordings met a fault and goes on", fault);
            }
            if (last) {
                break;
            }
            if (closing && end == Long.MAX_VALUE) {
                end = System.nanoTime() + CLOSE_NANOS;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        parts.forEach(OpenPart::abandon);
    }

    /// What has been taken from [#sealing] had all its frames in the ring by then, so it is sealed after these.
    private void turn(long nowNanos) {
        var ending = new ArrayList<Seal>();
        for (var seal = sealing.poll(); seal != null; seal = sealing.poll()) {
            ending.add(seal);
        }
        welcome();
        ring.drain(this::lay, RING_SLOTS);
        for (var seal : ending) {
            seal(seal);
        }
        if (nowNanos - flushedNanos >= FLUSH_NANOS) {
            flushedNanos = nowNanos;
            boolean headers = nowNanos - headersNanos >= HEADER_NANOS;
            headersNanos = headers ? nowNanos : headersNanos;
            for (var part : List.copyOf(parts)) {
                flush(part, nowNanos, headers);
            }
        }
    }

    private void welcome() {
        for (var part = beginning.poll(); part != null; part = beginning.poll()) {
            parts.add(part);
        }
    }

    private void lay(FrameRing.Slot slot) {
        if (!(slot.target instanceof OpenPart part)) {
            return;
        }
        welcome();
        if (!parts.contains(part)) {
            return;
        }
        try {
            part.lay(slot.kind & 1, G711.law(slot.kind >> 1), slot.when, slot.bytes, slot.length, scratch);
        } catch (IOException fault) {
            fail(part, fault);
        }
    }

    private void flush(OpenPart part, long nowNanos, boolean header) {
        if (part.hasFailed()) {
            parts.remove(part);
            return;
        }
        try {
            part.writeUpTo((nowNanos - part.startNanos) / 125_000 - WINDOW_SAMPLES, scratch);
            if (header) {
                part.writeHeader();
            }
        } catch (IOException fault) {
            fail(part, fault);
        }
    }

    private void seal(Seal seal) {
        var part = seal.part;
        if (!parts.contains(part) || part.hasFailed()) {
            parts.remove(part);
        } else if (!part.isOpen()) {
            sealing.add(seal);
        } else {
            parts.remove(part);
            try {
                part.finish(seal.length, scratch);
                disk.execute(() -> close(part));
            } catch (IOException fault) {
                fail(part, fault);
            }
        }
    }

    private void open(OpenPart part) {
        try {
            part.open(folder);
            part.listener.started(part.describe());
        } catch (IOException | RuntimeException fault) {
            fail(part, fault);
        }
    }

    private void close(OpenPart part) {
        try {
            part.listener.sealed(part.seal());
        } catch (IOException | RuntimeException fault) {
            fail(part, fault);
        }
    }

    private static void fail(OpenPart part, Exception fault) {
        LOG.error("recording {} cannot be written", part.recordingId(), fault);
        part.abandon();
        part.listener.failed(part.recordingId(), fault.toString());
    }
}
