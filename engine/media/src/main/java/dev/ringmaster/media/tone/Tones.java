package dev.ringmaster.media.tone;

import dev.ringmaster.media.ToneKind;
import dev.ringmaster.media.dtmf.Keys;

/// Tones as samples of 8,000 Hz, 16 bit.
public final class Tones {
    private static final int SAMPLES_A_MS = 8;
    private static final int NETWORK_HZ = 450;
    private static final double NETWORK_LEVEL = 0.18;
    private static final double KEY_LEVEL = 0.2;
    /// Tones swell and fade for this long, so that they do not click.
    private static final int RAMP_MS = 5;

    private Tones() {}

    /// One round of the cadence.
    public static short[] of(ToneKind kind) {
        return switch (kind) {
            case RINGBACK -> cadence(NETWORK_HZ, 1_000, 4_000);
            case BUSY -> cadence(NETWORK_HZ, 350, 350);
            case CONGESTION -> cadence(NETWORK_HZ, 700, 700);
            case DIAL -> steady(NETWORK_HZ, 1_000, NETWORK_LEVEL);
            case BEEP -> burst(1_000, 200, 0.25, 220);
        };
    }

    /// A sine without a seam when it is a whole number of periods.
    public static short[] steady(double hz, int ms, double level) {
        var samples = new short[ms * SAMPLES_A_MS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (Short.MAX_VALUE * level * sine(hz, i));
        }
        return samples;
    }

    /// 100 ms of a key (ITU-T Q.23).
    public static short[] key(char key) {
        var samples = new short[100 * SAMPLES_A_MS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (Short.MAX_VALUE * KEY_LEVEL * (sine(Keys.lowHz(key), i) + sine(Keys.highHz(key), i)));
        }
        return samples;
    }

    private static short[] cadence(double hz, int onMs, int offMs) {
        return burst(hz, onMs, NETWORK_LEVEL, onMs + offMs);
    }

    private static short[] burst(double hz, int onMs, double level, int wholeMs) {
        var samples = new short[wholeMs * SAMPLES_A_MS];
        int on = onMs * SAMPLES_A_MS;
        int ramp = RAMP_MS * SAMPLES_A_MS;
        for (int i = 0; i < on; i++) {
            double swell = Math.min(1.0, Math.min(i, on - i) / (double) ramp);
            samples[i] = (short) (Short.MAX_VALUE * level * swell * sine(hz, i));
        }
        return samples;
    }

    private static double sine(double hz, int sample) {
        return Math.sin(2 * Math.PI * hz * sample / 8_000);
    }
}
