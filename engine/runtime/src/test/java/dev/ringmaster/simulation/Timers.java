package dev.ringmaster.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// An actor's timers over the virtual clock.
final class Timers<T> implements TimerScheduler<T> {
    private final World world;
    private final Consumer<T> toSelf;
    private final Map<Object, Long> running = new HashMap<>();
    private long started;

    Timers(World world, Consumer<T> toSelf) {
        this.world = world;
        this.toSelf = toSelf;
    }

    @Override
    public void startSingleTimer(Object key, T message, Duration delay) {
        var number = ++started;
        running.put(key, number);
        world.in(delay.toMillis(), () -> {
            if (running.remove(key, number)) {
                toSelf.accept(message);
            }
        });
    }

    @Override
    public void startTimerWithFixedDelay(Object key, T message, Duration delay) {
        startTimerWithFixedDelay(key, message, delay, delay);
    }

    @Override
    public void startTimerWithFixedDelay(Object key, T message, Duration first, Duration delay) {
        var number = ++started;
        running.put(key, number);
        repeat(key, number, message, first.toMillis(), delay.toMillis());
    }

    private void repeat(Object key, long number, T message, long first, long delay) {
        world.in(first, () -> {
            if (isRunning(key, number)) {
                toSelf.accept(message);
                repeat(key, number, message, delay, delay);
            }
        });
    }

    private boolean isRunning(Object key, long number) {
        return running.getOrDefault(key, 0L) == number;
    }

    @Override
    public void startTimerAtFixedRate(Object key, T message, Duration interval) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void startTimerAtFixedRate(Object key, T message, Duration first, Duration interval) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public void startPeriodicTimer(Object key, T message, Duration interval) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isTimerActive(Object key) {
        return running.containsKey(key);
    }

    @Override
    public void cancel(Object key) {
        running.remove(key);
    }

    @Override
    public void cancelAll() {
        running.clear();
    }
}
