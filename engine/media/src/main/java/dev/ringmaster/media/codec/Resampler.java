package dev.ringmaster.media.codec;

/// Makes sound of any rate 8,000 Hz: a windowed sinc, which also takes away what 8,000 Hz cannot hold.
public final class Resampler {
    /// Zero crossings on each side: more is a sharper filter and more work at load time.
    private static final int CROSSINGS = 16;

    private Resampler() {}

    public static short[] toTelephone(short[] samples, int rateHz) {
        if (rateHz == G711.RATE_HZ) {
            return samples;
        }
        double step = (double) rateHz / G711.RATE_HZ;
        double cutoff = Math.min(1.0, 1.0 / step) * 0.97;
        double reach = CROSSINGS / cutoff;
        var result = new short[(int) (samples.length / step)];
        for (int i = 0; i < result.length; i++) {
            double centre = i * step;
            int first = Math.max(0, (int) Math.ceil(centre - reach));
            int last = Math.min(samples.length - 1, (int) Math.floor(centre + reach));
            double sum = 0;
            for (int j = first; j <= last; j++) {
                double x = j - centre;
                sum += samples[j] * cutoff * sinc(cutoff * x) * (0.5 + 0.5 * Math.cos(Math.PI * x / reach));
            }
            result[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return result;
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
