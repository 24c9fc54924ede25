package dev.ringmaster.media.shard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How late a shard calls its slots: counts by powers of two of a microsecond, second by second for the last three to
/// four. One thread notes, any reads.
final class Lateness {
    private static final int BUCKETS = 32;
    private static final int SECONDS = 4;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final List<AtomicLongArray> seconds = IntStream.range(0, SECONDS)
            .mapToObj(_ -> new AtomicLongArray(BUCKETS))
            .toList();

    /// The second that runs.
    private volatile int at;

    private long turnedNanos;

    Lateness(long nowNanos) {
        turnedNanos = nowNanos;
    }

    void note(long lateNanos) {
        var current = seconds.get(at);
        int bucket = Math.min(BUCKETS - 1, 64 - Long.numberOfLeadingZeros(Math.max(0, lateNanos) / 1_000));
        current.lazySet(bucket, current.getPlain(bucket) + 1);
    }

    void turn(long nowNanos) {
        if (nowNanos - turnedNanos >= SECOND_NANOS) {
            turnedNanos = nowNanos;
            int next = (at + 1) % SECONDS;
            for (int i = 0; i < BUCKETS; i++) {
                seconds.get(next).lazySet(i, 0);
            }
            at = next;
        }
    }

    /// The upper bound of the bucket in which that share of all calls lies.
    Duration quantile(double share) {
        return quantile(seconds, share);
    }

    /// The same of the best of the last whole seconds: what a single hiccup leaves behind is not in it.
    Duration standing(double share) {
        int running = at;
        return IntStream.range(1, SECONDS)
                .mapToObj(i -> quantile(List.of(seconds.get((running + i) % SECONDS)), share))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration quantile(List<AtomicLongArray> of, double share) {
        long all = count(of, BUCKETS);
        long seen = 0;
        for (int i = 0; i < BUCKETS && all > 0; i++) {
            seen += at(of.stream(), i);
            if (seen >= Math.ceil(all * share)) {
                return Duration.ofNanos((1L << i) * 1_000);
            }
        }
        return Duration.ZERO;
    }

    private static long count(List<AtomicLongArray> of, int buckets) {
        return IntStream.range(0, buckets).mapToLong(i -> at(of.stream(), i)).sum();
    }

    private static long at(Stream<AtomicLongArray> of, int bucket) {
        return of.mapToLong(second -> second.get(bucket)).sum();
    }
}
