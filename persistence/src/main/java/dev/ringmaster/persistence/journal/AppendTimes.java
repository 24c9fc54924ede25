package dev.ringmaster.persistence.journal;

import dev.ringmaster.port.JournalPace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/// How long the journal took for what this node wrote, over the last seconds; what waits for a
/// turn is part of it. One of them an actor system, because the journal plugin cannot be handed
/// any.
public final class AppendTimes implements Extension, JournalPace {
    private static final Id ID = new Id();

    /// Whole seconds that are looked back on: what fewer show may be a hiccup.
    private static final int SECONDS = 3;

    /// A second with fewer writes proves nothing of 99 in 100.
    private static final int FEW = 20;

    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanos;
    private final ArrayDeque<Histogram> whole = new ArrayDeque<>(SECONDS);
    private Histogram running = new Histogram();
    private long runningSince;
    private int underWay;
    /// When the last write was done, or the first one began.
    private long moved;

    /// @param nanos a clock that never goes back
    AppendTimes(LongSupplier nanos) {
        this.nanos = nanos;
        runningSince = nanos.getAsLong();
    }

    public static AppendTimes of(ActorSystem system) {
        return ID.get(system);
    }

    /// The same write, and its time is noted when it is done, however it ends.
    <A> CompletableFuture<A> of(Supplier<CompletableFuture<A>> write) {
        var began = begin();
        return write.get().whenComplete((_, _) -> done(began));
    }

    private synchronized long begin() {
        var now = nanos.getAsLong();
        if (underWay++ == 0) {
            moved = now;
        }
        return now;
    }

    private synchronized void done(long began) {
        var now = nanos.getAsLong();
        turn(now);
        running.add(now - began);
        underWay--;
        moved = now;
    }

    @Override
    public synchronized Duration standing() {
        var now = nanos.getAsLong();
        turn(now);
        var stalled = underWay == 0 ? 0 : now - moved;
        var best = whole.size() < SECONDS
                ? 0
                : whole.stream().mapToLong(Histogram::p99).min().orElse(0);
        return Duration.ofNanos(stalled >= SECONDS * SECOND ? stalled : best);
    }

    /// Of the writes of the last seconds taken together.
    public synchronized Duration p99() {
        turn(nanos.getAsLong());
        var together = new Histogram();
        whole.forEach(together::add);
        together.add(running);
        return Duration.ofNanos(together.p99());
    }

    private void turn(long now) {
        for (int i = 0; i <= SECONDS && now - runningSince >= SECOND; i++) {
            if (whole.size() == SECONDS) {
                whole.removeFirst();
            }
            whole.addLast(running);
            running = new Histogram();
            runningSince += SECOND;
        }
        // After a long silence all of them are empty, and whole seconds begin now.
        runningSince = Math.max(runningSince, now - SECOND + 1);
    }

    /// Counts by quarters of a power of two of microseconds: a time is known to a fifth.
    private static final class Histogram {
        private static final int PARTS = 4;
        private final int[] counts = new int[27 * PARTS]; // up to a minute
        private int all;

        void add(long nanos) {
            var micros = Math.max(1, nanos / 1_000);
            var power = 63 - Long.numberOfLeadingZeros(micros);
            var part = (int) ((micros * PARTS) >> power) - PARTS;
            counts[Math.min(counts.length - 1, power * PARTS + part)]++;
            all++;
        }

        void add(Histogram other) {
            Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
            all += other.all;
        }

        /// The upper end of the part that holds it; 0 of too few.
        long p99() {
            if (all < FEW) {
                return 0;
            }
            var above = all / 100; // so many may be slower
            var i = counts.length - 1;
            for (; i > 0 && counts[i] <= above; i--) {
                above -= counts[i];
            }
            var power = i / PARTS;
            return ((1L << power) * (PARTS + i % PARTS + 1) / PARTS) * 1_000;
        }
    }

    private static final class Id extends AbstractExtensionId<AppendTimes> implements ExtensionIdProvider {
        @Override
        public AppendTimes createExtension(ExtendedActorSystem system) {
            return new AppendTimes(System::nanoTime);
        }

        @Override
        public Id lookup() {
            return this;
        }
    }
}
