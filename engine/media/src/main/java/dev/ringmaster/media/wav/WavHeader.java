package dev.ringmaster.media.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The 44 bytes before the sound in our recordings: PCM 16 bit, 8,000 Hz, two channels.
public final class WavHeader {
    public static final int BYTES = 44;
    public static final int CHANNELS = 2;
    /// One sample of both channels.
    public static final int BYTES_A_FRAME = CHANNELS * 2;

    private static final int RATE_HZ = 8_000;

    private WavHeader() {}

    public static ByteBuffer of(long frames) {
        // the format counts in 32 bits: 37 hours
        long sound = Math.min(frames * BYTES_A_FRAME, 0xFFFF_FFFFL - BYTES);
        var header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (sound + BYTES - 8));
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        header.putShort((short) CHANNELS).putInt(RATE_HZ).putInt(RATE_HZ * BYTES_A_FRAME);
        header.putShort((short) BYTES_A_FRAME).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) sound);
        return header.flip();
    }

    /// Makes a file that was cut off in the middle whole again: drops half a frame at the end, and has the header
    /// say what is there. Does nothing bad to a whole file.
    ///
    /// @return its frames (samples of both channels)
    public static long repair(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long frames = Math.max(0, channel.size() - BYTES) / BYTES_A_FRAME;
            write(channel, of(frames), 0);
            channel.truncate(BYTES + frames * BYTES_A_FRAME);
            channel.force(true);
            return frames;
        }
    }

    public static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
