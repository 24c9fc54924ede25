package dev.ringmaster.runtime.edge;

/// How many callers may wait at once until a call has taken them. The number is measured, as a sender of TCP measures
/// its own: it shrinks while even the luckiest of an interval waits too long, because then a queue stands somewhere
/// between here and the journal, and grows while callers wait shortly and more of them knock.
///
/// All times in nanoseconds of one monotonic clock. Not thread-safe.
final class ArrivalWindow {
    /// A caller now and then is let in however slow it is, or nobody would learn that it has become fast again.
    private static final double SMALLEST = 10;

    private static final double SHRINK = 0.7;
    private static final double GROW = 1.125;
    private static final long INTERVAL = 100_000_000;

    /// One caller who was unlucky says nothing of the others: with fewer samples an interval goes on, but not for ever.
    private static final int SAMPLES = 5;
    private static final long LONGEST_INTERVAL = 5 * INTERVAL;

    private final double largest;
    private final long target;
    private double size;
    private long intervalBegan;
    private int samples;
    private boolean began;
    private boolean knocked;
    private long shortest = Long.MAX_VALUE;

    /// @param target the wait that is still good
    ArrivalWindow(int largest, long target) {
        this.largest = Math.max(SMALLEST, largest);
        this.target = target;
        size = Math.min(this.largest, 100);
    }

    /// A call has taken a caller.
    void confirmed(long waited) {
        shortest = Math.min(shortest, waited);
        samples++;
    }

    /// Whether one more may wait.
    ///
    /// @param waiting how many wait now
    /// @param longest how long the first of them has waited
    boolean admits(int waiting, long longest, long now) {
        var old = now - intervalBegan;
        if (!began || (old >= INTERVAL && (samples == 0 || samples >= SAMPLES || old >= LONGEST_INTERVAL))) {
            turn(longest, now);
        }
        if (waiting + 1 > size) {
            knocked = true;
            return false;
        }
        return true;
    }

    private void turn(long longest, long now) {
        if (began) {
            var slow = samples == 0 ? longest > target : shortest > target;
            if (slow) {
                size = Math.max(SMALLEST, size * SHRINK);
            } else if (knocked) {
                size = Math.min(largest, Math.max(size + 1, size * GROW));
            }
        }
        began = true;
        knocked = false;
        shortest = Long.MAX_VALUE;
        samples = 0;
        intervalBegan = now;
    }

    int size() {
        return (int) size;
    }
}
