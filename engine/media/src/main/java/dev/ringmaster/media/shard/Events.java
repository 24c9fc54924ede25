package dev.ringmaster.media.shard;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread on which listeners are told. Shards put events into its bounded queue and go on.
public final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int CAPACITY = 65_536;
    /// Above this only what matters is taken.
    private static final int ROOM_FOR_FACTS = CAPACITY / 4;

    private final ArrayBlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().name("media-events").daemon().unstarted(this::run);

    private volatile boolean ended;

    public void start() {
        thread.start();
    }

    /// Something that happened.
    public void tell(Runnable event) {
        if (!queue.offer(event)) {
            dropped.increment();
        }
    }

    /// Something that is left out when there is too much.
    public void tellIfQuiet(Runnable event) {
        if (queue.remainingCapacity() < ROOM_FOR_FACTS) {
            dropped.increment();
        } else {
            tell(event);
        }
    }

    public long dropped() {
        return dropped.sum();
    }

    /// Tells what is waiting, and ends.
    @Override
    public void close() {
        try {
            if (queue.offer(() -> ended = true, 1, TimeUnit.SECONDS) && !thread.equals(Thread.currentThread())) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!ended) {
            try {
                queue.take().run();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | LinkageError fault) {
                LOG.error("a listener of media events failed", fault);
            }
        }
    }
}
