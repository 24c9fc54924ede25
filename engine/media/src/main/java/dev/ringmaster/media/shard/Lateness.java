package dev.ringmaster.media.shard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// How late a shard calls its slots: counts by powers of two of a microsecond, over the last 2 to 4 s. One thread
/// notes, any reads.
final class Lateness {
    private static final int BUCKETS = 32;
    private static final long PERIOD_NANOS = 2_000_000_000L;

    private AtomicLongArray current = new AtomicLongArray(BUCKETS);
    private volatile AtomicLongArray now = current;
    private volatile AtomicLongArray before = new AtomicLongArray(BUCKETS);
    private long turnedNanos = System.nanoTime();

    void note(long lateNanos) {
        int bucket = 64 - Long.numberOfLeadingZeros(Math.max(0, lateNanos) / 1_000);
        current.lazySet(Math.min(bucket, BUCKETS - 1), current.getPlain(Math.min(bucket, BUCKETS - 1)) + 1);
    }

    void turn(long nowNanos) {
        if (nowNanos - turnedNanos > PERIOD_NANOS) {
            turnedNanos = nowNanos;
            var fresh = before;
            before = current;
            for (int i = 0; i < BUCKETS; i++) {
                fresh.lazySet(i, 0);
            }
            current = fresh;
            now = fresh;
        }
    }

    /// The upper bound of the bucket in which that share of all calls lies.
    Duration quantile(double share) {
        var a = now;
        var b = before;
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += a.get(i) + b.get(i);
        }
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += a.get(i) + b.get(i);
            if (all > 0 && seen >= Math.ceil(all * share)) {
                return Duration.ofNanos((1L << i) * 1_000);
            }
        }
        return Duration.ZERO;
    }
}
