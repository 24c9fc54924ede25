package dev.ringmaster.media.wav;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.codec.G711;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads a WAV file of PCM (8, 16 or 24 bit) or G.711, any rate and number of channels.
public final class WavReader {
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FMT = 0x20746D66;
    private static final int DATA = 0x61746164;
    private static final int FORMAT_PCM = 1;
    private static final int FORMAT_ALAW = 6;
    private static final int FORMAT_ULAW = 7;
    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    private WavReader() {}

    /// The sound of a file.
    public static final class Wav {
        private final int rateHz;
        private final short[][] channels;

        Wav(int rateHz, short[][] channels) {
            this.rateHz = rateHz;
            this.channels = channels;
        }

        public int rateHz() {
            return rateHz;
        }

        /// The samples of one channel, the left one first.
        public short[] channel(int number) {
            return channels[number];
        }

        /// All channels mixed to one.
        public short[] mono() {
            if (channels.length == 1) {
                return channels[0];
            }
            var mixed = new short[channels[0].length];
            for (int i = 0; i < mixed.length; i++) {
                int sum = 0;
                for (var channel : channels) {
                    sum += channel[i];
                }
                mixed[i] = (short) (sum / channels.length);
            }
            return mixed;
        }
    }

    /// @throws IOException when it is no such file
    public static Wav read(byte[] file) throws IOException {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || in.getInt(0) != RIFF || in.getInt(8) != WAVE) {
            throw new IOException("not a WAV file");
        }
        in.position(12);
        int format = 0;
        int channels = 0;
        int rateHz = 0;
        int bits = 0;
        while (in.remaining() >= 8) {
            int id = in.getInt();
            long size = Integer.toUnsignedLong(in.getInt());
            if (id == FMT && size >= 16 && in.remaining() >= size) {
                int at = in.position();
                format = Short.toUnsignedInt(in.getShort(at));
                channels = Short.toUnsignedInt(in.getShort(at + 2));
                rateHz = in.getInt(at + 4);
                bits = Short.toUnsignedInt(in.getShort(at + 14));
                if (format == FORMAT_EXTENSIBLE && size >= 40) {
                    format = Short.toUnsignedInt(in.getShort(at + 24));
                }
            } else if (id == DATA) {
                // a file that was still being written says 0 or too much: take what is there
                int length = (int) Math.min(size == 0 ? in.remaining() : size, in.remaining());
                check(format, channels, rateHz, bits);
                return samples(
                        in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN), format, channels, rateHz, bits);
            }
            in.position((int) Math.min(in.limit(), in.position() + size + (size & 1)));
        }
        throw new IOException("a WAV file without sound");
    }

    private static void check(int format, int channels, int rateHz, int bits) throws IOException {
        boolean known = switch (format) {
            case FORMAT_PCM -> bits == 8 || bits == 16 || bits == 24;
            case FORMAT_ALAW, FORMAT_ULAW -> bits == 8;
            default -> false;
        };
        if (!known || channels < 1 || channels > 8 || rateHz < 4_000 || rateHz > 192_000) {
            throw new IOException("a WAV format we cannot read: format %d, %d channels, %d Hz, %d bit"
                    .formatted(format, channels, rateHz, bits));
        }
    }

    private static Wav samples(ByteBuffer in, int format, int channels, int rateHz, int bits) {
        int frames = in.remaining() / (channels * bits / 8);
        var result = new short[channels][frames];
        for (int frame = 0; frame < frames; frame++) {
            for (int channel = 0; channel < channels; channel++) {
                result[channel][frame] = sample(in, format, bits);
            }
        }
        return new Wav(rateHz, result);
    }

    private static short sample(ByteBuffer in, int format, int bits) {
        return switch (format) {
            case FORMAT_ALAW -> G711.decode(Codec.PCMA, in.get());
            case FORMAT_ULAW -> G711.decode(Codec.PCMU, in.get());
            default ->
                switch (bits) {
                    case 8 -> (short) ((Byte.toUnsignedInt(in.get()) - 128) << 8);
                    case 16 -> in.getShort();
                    default -> {
                        in.get();
                        yield in.getShort();
                    }
                };
        };
    }
}
