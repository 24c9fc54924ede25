package dev.ringmaster.persistence.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One WAV file made of parts: each at its offset, silence between them. Where parts overlap the later one is
/// heard.
final class JoinedRecording implements PlayableRecording {
    private final List<Part> parts;
    private final long soundBytes;

    /// @param offsetMs of this part in the recording
    record Part(Path file, long offsetMs, long lengthMs) {
        long begin() {
            return WavLayout.soundBytes(offsetMs);
        }

        long end() {
            return WavLayout.soundBytes(offsetMs + lengthMs);
        }
    }

    /// @param parts in the order of their offsets, at least one
    JoinedRecording(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.soundBytes = parts.stream().mapToLong(Part::end).max().orElseThrow();
    }

    @Override
    public long length() {
        return WavLayout.HEADER_BYTES + soundBytes;
    }

    @Override
    public Duration duration() {
        return WavLayout.duration(soundBytes);
    }

    @Override
    public InputStream from(long offset) {
        if (offset < 0 || offset > length()) {
            throw new IllegalArgumentException("outside the recording");
        }
        return new Joined(offset);
    }

    private final class Joined extends InputStream {
        private final byte[] header = WavLayout.header(soundBytes);
        private long position;
        private @Nullable Part current;
        private @Nullable FileChannel channel;

        Joined(long position) {
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position >= length()) {
                return -1;
            }
            int got;
            if (position < header.length) {
                got = (int) Math.min(length, header.length - position);
                System.arraycopy(header, (int) position, into, at, got);
            } else {
                got = sound(position - header.length, into, at, length);
            }
            position += got;
            return got;
        }

        private int sound(long place, byte[] into, int at, int length) throws IOException {
            var part = parts.reversed().stream()
                    .filter(p -> p.begin() <= place && place < p.end())
                    .findFirst();
            // Up to the next beginning, where a later part takes over.
            var border = parts.stream()
                    .mapToLong(Part::begin)
                    .filter(begin -> begin > place)
                    .min()
                    .orElse(soundBytes);
            var wanted =
                    (int) Math.min(length, Math.min(border, part.map(Part::end).orElse(border)) - place);
            var got = part.isPresent() ? fromFile(part.get(), place - part.get().begin(), into, at, wanted) : 0;
            if (got > 0) {
                return got;
            }
            // Between parts, or a file that is shorter than its row says.
            java.util.Arrays.fill(into, at, at + wanted, (byte) 0);
            return wanted;
        }

        private int fromFile(Part part, long place, byte[] into, int at, int wanted) throws IOException {
            var file = channelOf(part);
            return file == null ? 0 : file.read(ByteBuffer.wrap(into, at, wanted), WavLayout.HEADER_BYTES + place);
        }

        private @Nullable FileChannel channelOf(Part part) throws IOException {
            if (!part.equals(current)) {
                close();
                current = part;
                try {
                    channel = FileChannel.open(part.file());
                } catch (NoSuchFileException _) {
                    channel = null;
                }
            }
            return channel;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        }
    }
}
