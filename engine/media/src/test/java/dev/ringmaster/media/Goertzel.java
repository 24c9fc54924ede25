package dev.ringmaster.media;

/// How much of a sound is one tone.
final class Goertzel {
    private Goertzel() {}

    /// The share of the sound's power that lies at that frequency, 0 to 1.
    static double share(short[] samples, double hz) {
        double real = 0;
        double imaginary = 0;
        double power = 0;
        for (int i = 0; i < samples.length; i++) {
            double angle = 2 * Math.PI * hz * i / 8_000;
            real += samples[i] * Math.cos(angle);
            imaginary += samples[i] * Math.sin(angle);
            power += (double) samples[i] * samples[i];
        }
        return power == 0 ? 0 : 2 * (real * real + imaginary * imaginary) / (power * samples.length);
    }

    static double rms(short[] samples) {
        double power = 0;
        for (short sample : samples) {
            power += (double) sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt(power / samples.length);
    }
}
