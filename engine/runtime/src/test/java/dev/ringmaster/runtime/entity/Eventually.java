package dev.ringmaster.runtime.entity;

import java.time.Duration;
import java.util.NoSuchElementException;

/// Waits for what another thread will make true, and says what was wrong if it never does.
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    public static void eventually(Runnable assertion) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError | IndexOutOfBoundsException | NoSuchElementException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
