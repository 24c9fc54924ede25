package dev.ringmaster.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// Time, chance and a network that loses, repeats and reorders, unless it is calm.
final class World {
    private record Task(Instant at, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            var byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    final Random random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private long order;
    boolean calm;

    World(long seed) {
        random = new Random(seed);
    }

    Instant now() {
        return now;
    }

    void at(Instant when, Runnable run) {
        tasks.add(new Task(when.isBefore(now) ? now : when, order++, run));
    }

    void in(long millis, Runnable run) {
        at(now.plusMillis(millis), run);
    }

    void every(long millis, Runnable run) {
        everyWhile(millis, () -> {
            run.run();
            return true;
        });
    }

    /// Until it says that it has enough.
    void everyWhile(long millis, BooleanSupplier run) {
        in(millis, () -> {
            if (run.getAsBoolean()) {
                everyWhile(millis, run);
            }
        });
    }

    /// A message to somebody else.
    void send(Runnable arrives) {
        if (!calm && chance(0.03)) {
            return;
        }
        in(delay(), arrives);
        if (!calm && chance(0.03)) {
            in(delay(), arrives);
        }
    }

    private long delay() {
        return !calm && chance(0.03) ? random.nextInt(4_000) : 1 + random.nextInt(20);
    }

    boolean chance(double p) {
        return random.nextDouble() < p;
    }

    long between(long fromMillis, long toMillis) {
        return fromMillis + random.nextLong(toMillis - fromMillis);
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
}
