package dev.ringmaster.persistence.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The shape of our recordings: WAV, PCM 16 bit, 8,000 Hz, two channels (customer left, agent right), sound from
/// byte 44.
public final class WavLayout {
    static final int HEADER_BYTES = 44;
    static final int BYTES_A_FRAME = 4;
    private static final int FRAMES_A_MS = 8;

    private WavLayout() {}

    /// Bytes of a whole file of so many milliseconds.
    public static long fileLength(long lengthMs) {
        return HEADER_BYTES + soundBytes(lengthMs);
    }

    static long soundBytes(long lengthMs) {
        return lengthMs * FRAMES_A_MS * BYTES_A_FRAME;
    }

    static Duration duration(long soundBytes) {
        return Duration.ofMillis(soundBytes / BYTES_A_FRAME / FRAMES_A_MS);
    }

    static byte[] header(long soundBytes) {
        // The format counts in 32 bits: 37 hours.
        var sound = (int) Math.min(soundBytes, 0xFFFF_FFFFL - HEADER_BYTES);
        var rateHz = FRAMES_A_MS * 1000;
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(sound + HEADER_BYTES - 8)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 2)
                .putInt(rateHz)
                .putInt(rateHz * BYTES_A_FRAME)
                .putShort((short) BYTES_A_FRAME)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(sound)
                .array();
    }
}
