package dev.ringmaster.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Time and chance. One thread, one seed: what happens at which moment follows from the seed alone.
final class World {
    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /// Lines of the trace that are kept for a failure; more would hide what matters.
    private static final int MAX_TRACE = 400_000;

    private record Task(Instant at, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            var byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// What a step sends, and where: a step may send in the order of a hash, so its letters are sorted
    /// before chance has a look at them.
    private record Letter(String address, Runnable goes) {}

    final long seed;
    final Random random;

    /// No more faults from now on.
    boolean calm;

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private Instant now = START;
    private long order;
    private @Nullable List<Letter> outbox;
    private @Nullable ArrayDeque<String> trace;

    World(long seed) {
        this.seed = seed;
        this.random = new Random(mixed(seed));
    }

    /// Neighbouring seeds shall make different days; `Random` begins alike for them (David Stafford's mix 13).
    private static long mixed(long seed) {
        var z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    Instant now() {
        return now;
    }

    long millis() {
        return Duration.between(START, now).toMillis();
    }

    void at(Instant when, Runnable run) {
        tasks.add(new Task(when.isBefore(now) ? now : when, order++, run));
    }

    void in(long millis, Runnable run) {
        at(now.plusMillis(millis), run);
    }

    /// Until it says that it has enough.
    void everyWhile(long millis, BooleanSupplier run) {
        in(millis, () -> {
            if (run.getAsBoolean()) {
                everyWhile(millis, run);
            }
        });
    }

    void every(long millis, Runnable run) {
        everyWhile(millis, () -> {
            run.run();
            return true;
        });
    }

    boolean chance(double p) {
        return random.nextDouble() < p;
    }

    /// A fault: never in calm.
    boolean fault(double p) {
        return !calm && chance(p);
    }

    long between(long fromMillis, long toMillis) {
        return fromMillis + random.nextLong(toMillis - fromMillis);
    }

    /// One undivided piece of work; what it sends goes out when it is done.
    void step(Runnable work) {
        step(work, all -> all);
    }

    /// @param survives how many of so many effects happen before whoever works here dies; all of them if it lives
    void step(Runnable work, IntUnaryOperator survives) {
        if (outbox != null) {
            work.run();
            return;
        }
        var letters = new ArrayList<Letter>();
        outbox = letters;
        try {
            work.run();
        } finally {
            outbox = null;
        }
        letters.sort(Comparator.comparing(Letter::address));
        letters.subList(0, survives.applyAsInt(letters.size()))
                .forEach(letter -> letter.goes().run());
    }

    void post(String address, Runnable goes) {
        if (outbox == null) {
            goes.run();
        } else {
            outbox.add(new Letter(address, goes));
        }
    }

    void run(Duration span) {
        var end = now.plus(span);
        while (!tasks.isEmpty() && !tasks.peek().at().isAfter(end)) {
            var task = tasks.remove();
            now = task.at();
            task.run().run();
        }
        now = end;
    }

    void expect(boolean truth, String what) {
        if (!truth) {
            throw new AssertionError("seed %d at %.3f s: %s".formatted(seed, millis() / 1_000.0, what));
        }
    }

    /// A failed day is played again with this on.
    void keepTrace() {
        trace = new ArrayDeque<>();
    }

    boolean traced() {
        return trace != null;
    }

    void trace(String what) {
        if (trace != null) {
            trace.addLast("%10.3f %s".formatted(millis() / 1_000.0, what));
            if (trace.size() > MAX_TRACE) {
                trace.removeFirst();
            }
        }
    }

    List<String> tracedLines() {
        return trace == null ? List.of() : List.copyOf(trace);
    }
}
