package dev.ringmaster.telephony.base;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread on which an edge decides: every leg, line and plan is touched here and nowhere else, so none of them
/// needs a lock. Nothing may wait on it.
public final class EdgeLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);

    /// What can be called off.
    @FunctionalInterface
    public interface Timer {
        Timer NONE = () -> {};

        void cancel();
    }

    private final ScheduledThreadPoolExecutor executor;
    private final Counters counters;

    public EdgeLoop(String name, Counters counters) {
        this.counters = counters;
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("edge-" + name).daemon(true).factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    public Timer after(Duration delay, Runnable task) {
        try {
            var future = executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException _) {
            return Timer.NONE; // the edge is closing
        }
    }

    /// One leg's bug must not end the others.
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError fault) {
            counters.add("faults");
            LOG.error("a task of the edge failed", fault);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException _) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
