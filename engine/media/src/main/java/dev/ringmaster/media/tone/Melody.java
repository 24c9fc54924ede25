package dev.ringmaster.media.tone;

/// The built-in hold music: quiet broken chords, sixteen bars that run into themselves. It needs no file and no
/// licence.
public final class Melody {
    private static final int BAR_SAMPLES = 16_000;
    private static final int NOTES_A_BAR = 8;
    /// Chords as half tones above A3: the roots fall from bar to bar.
    private static final int[][] CHORDS = {
        {3, 7, 10, 15}, {10, 14, 17, 22}, {0, 3, 7, 12}, {8, 12, 15, 20},
        {3, 7, 10, 19}, {-2, 2, 5, 14}, {0, 3, 7, 15}, {8, 10, 14, 17},
    };
    private static final int[] ORDER = {0, 2, 1, 3, 2, 1, 3, 2};
    private static final double LEVEL = 0.11;

    private Melody() {}

    /// 32 s at 8,000 Hz, without a seam.
    public static short[] samples() {
        int bars = CHORDS.length * 2;
        var mix = new double[bars * BAR_SAMPLES];
        for (int bar = 0; bar < bars; bar++) {
            var chord = CHORDS[bar % CHORDS.length];
            for (int note = 0; note < NOTES_A_BAR; note++) {
                int lift = bar >= CHORDS.length && note == 4 ? 12 : 0;
                int start = bar * BAR_SAMPLES + note * BAR_SAMPLES / NOTES_A_BAR;
                pluck(mix, start, 220 * Math.pow(2, (chord[ORDER[note]] + lift) / 12.0));
            }
        }
        var samples = new short[mix.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.clamp(Math.round(mix[i] * Short.MAX_VALUE), -30_000, 30_000);
        }
        return samples;
    }

    private static void pluck(double[] mix, int start, double hz) {
        int length = BAR_SAMPLES;
        for (int i = 0; i < length; i++) {
            double t = i / 8_000.0;
            double swell = Math.min(1, i / 80.0) * Math.exp(-2.6 * t) * Math.min(1, (length - i) / 800.0);
            double wave = Math.sin(2 * Math.PI * hz * t) + 0.25 * Math.sin(4 * Math.PI * hz * t);
            mix[(start + i) % mix.length] += LEVEL * swell * wave;
        }
    }
}
