package dev.ringmaster.media.codec;

import dev.ringmaster.media.Codec;

/// G.711 by tables: law to samples, samples to law, law to law.
public final class G711 {
    private static final short[] PCM_OF_ULAW = new short[256];
    private static final short[] PCM_OF_ALAW = new short[256];
    private static final byte[] ULAW_OF_PCM = new byte[65_536];
    private static final byte[] ALAW_OF_PCM = new byte[65_536];
    private static final byte[] ALAW_OF_ULAW = new byte[256];
    private static final byte[] ULAW_OF_ALAW = new byte[256];

    static {
        for (int code = 0; code < 256; code++) {
            PCM_OF_ULAW[code] = (short) expandUlaw(code);
            PCM_OF_ALAW[code] = (short) expandAlaw(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            ULAW_OF_PCM[sample & 0xFFFF] = (byte) compressUlaw(sample);
            ALAW_OF_PCM[sample & 0xFFFF] = (byte) compressAlaw(sample);
        }
        for (int code = 0; code < 256; code++) {
            ALAW_OF_ULAW[code] = ALAW_OF_PCM[PCM_OF_ULAW[code] & 0xFFFF];
            ULAW_OF_ALAW[code] = ULAW_OF_PCM[PCM_OF_ALAW[code] & 0xFFFF];
        }
    }

    private G711() {}

    /// Samples a second, and bytes a second.
    public static final int RATE_HZ = 8_000;

    /// The byte that says nothing.
    public static byte silence(Codec codec) {
        return codec == Codec.PCMU ? (byte) 0xFF : (byte) 0xD5;
    }

    /// The law of a static payload type: 8 is A, 0 is µ.
    public static Codec law(int payloadType) {
        return payloadType == Codec.PCMA.payloadType() ? Codec.PCMA : Codec.PCMU;
    }

    public static short decode(Codec codec, byte code) {
        return codec == Codec.PCMU ? PCM_OF_ULAW[code & 0xFF] : PCM_OF_ALAW[code & 0xFF];
    }

    public static byte encode(Codec codec, int sample) {
        return codec == Codec.PCMU ? ULAW_OF_PCM[sample & 0xFFFF] : ALAW_OF_PCM[sample & 0xFFFF];
    }

    public static byte[] encode(Codec codec, short[] samples) {
        var codes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            codes[i] = encode(codec, samples[i]);
        }
        return codes;
    }

    /// Copies codes, from one law to the other where they differ.
    public static void transcode(
            Codec from, byte[] source, int sourceAt, Codec to, byte[] target, int targetAt, int length) {
        if (from == to) {
            System.arraycopy(source, sourceAt, target, targetAt, length);
            return;
        }
        var table = from == Codec.PCMU ? ALAW_OF_ULAW : ULAW_OF_ALAW;
        for (int i = 0; i < length; i++) {
            target[targetAt + i] = table[source[sourceAt + i] & 0xFF];
        }
    }

    private static int expandUlaw(int code) {
        int bits = ~code & 0xFF;
        int magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }

    private static int expandAlaw(int code) {
        int bits = code ^ 0x55;
        int segment = (bits >> 4) & 7;
        int magnitude = ((bits & 0x0F) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (bits & 0x80) == 0 ? -magnitude : magnitude;
    }

    private static int compressUlaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
        int segment = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F)) & 0xFF;
    }

    private static int compressAlaw(int sample) {
        int sign = sample < 0 ? 0 : 0x80;
        int magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32_767) >> 4;
        int code;
        if (magnitude < 16) {
            code = magnitude;
        } else {
            int segment = 31 - Integer.numberOfLeadingZeros(magnitude) - 3;
            code = (segment << 4) | ((magnitude >> (segment - 1)) & 0x0F);
        }
        return (sign | code) ^ 0x55;
    }
}
