package dev.ringmaster.media.load;

import java.util.Arrays;

/// Counts and times of all voices; on the thread of [Voices].
final class Figures {
    /// Classes of 0.1 ms; the last one is "longer".
    private static final int CLASSES = 20_000;

    private static final long CLASS_NANOS = 100_000;

    long sent;
    long otherHeard;
    private final int[] delays = new int[CLASSES];
    private final int[] gaps = new int[CLASSES];
    private long longestDelay;
    private long longestGap;

    /// @param gapNanos since the packet before, negative for the first
    void heard(long delayNanos, long gapNanos) {
        delays[at(delayNanos)]++;
        longestDelay = Math.max(longestDelay, delayNanos);
        if (gapNanos >= 0) {
            gaps[at(gapNanos)]++;
            longestGap = Math.max(longestGap, gapNanos);
        }
    }

    private static int at(long nanos) {
        return Math.clamp(nanos / CLASS_NANOS, 0, CLASSES - 1);
    }

    void reset() {
        sent = 0;
        otherHeard = 0;
        longestDelay = 0;
        longestGap = 0;
        Arrays.fill(delays, 0);
        Arrays.fill(gaps, 0);
    }

    String times() {
        return "delay p50=%.1f p99=%.1f p99.9=%.1f max=%.0f ms, gap p50=%.1f p99=%.1f p99.9=%.1f max=%.0f ms"
                .formatted(
                        quantile(delays, 0.5),
                        quantile(delays, 0.99),
                        quantile(delays, 0.999),
                        longestDelay / 1e6,
                        quantile(gaps, 0.5),
                        quantile(gaps, 0.99),
                        quantile(gaps, 0.999),
                        longestGap / 1e6);
    }

    private static double quantile(int[] classes, double share) {
        var all = Arrays.stream(classes).asLongStream().sum();
        var until = (long) Math.ceil(all * share);
        long seen = 0;
        for (var i = 0; i < classes.length; i++) {
            seen += classes[i];
            if (seen >= until) {
                return (i + 1) * CLASS_NANOS / 1e6;
            }
        }
        return 0;
    }
}
