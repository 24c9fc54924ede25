package dev.ringmaster.media.prompt;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.codec.G711;
import java.time.Duration;

/// A sound in both laws of G.711, shared by all who hear it and never changed.
public final class Sound {
    /// What is kept for a name that has no sound.
    static final Sound NONE = new Sound(new short[0]);

    private final byte[] ulaw;
    private final byte[] alaw;

    Sound(short[] samples) {
        ulaw = G711.encode(Codec.PCMU, samples);
        alaw = G711.encode(Codec.PCMA, samples);
    }

    /// In samples of 1/8000 s.
    public int length() {
        return ulaw.length;
    }

    public Duration duration() {
        return Duration.ofNanos(ulaw.length * 125_000L);
    }

    public void copy(Codec codec, int from, byte[] target, int at, int samples) {
        System.arraycopy(codec == Codec.PCMU ? ulaw : alaw, from, target, at, samples);
    }
}
