package dev.ringmaster.runtime.edge;

/// How many callers may wait at once until a call has taken them. The number is measured: a
/// queue stands somewhere between here and the journal when even the luckiest caller of an
/// interval waits too long, several intervals in a row (RFC 8289 tells a standing queue from a
/// burst in the same way). Then the window goes down to what the node has been seen to take in
/// half a second, so that nobody waits much longer than that. It goes no further: on a node whose
/// way is long, by a slow disk or code that is not compiled yet, callers wait however few they
/// are, and fewer would only leave it idle. A single slow interval is a hiccup, an fsync or a
/// collection, and refuses nobody.
///
/// All times in nanoseconds of one monotonic clock. Not thread-safe.
final class ArrivalWindow {
    /// A caller now and then is let in however slow it is, or nobody would learn that it has
    /// become fast again.
    private static final double SMALLEST = 10;

    /// Larger lets a slow node's first flood wait longer, smaller refuses callers of a hiccup:
    /// 0.6 s at 500 calls a second. So many callers must have been taken, too, before the
    /// measure counts: until then code is loaded and compiled, which passes by itself.
    private static final double START = 300;

    private static final double GROW = 1.125;
    private static final long INTERVAL = 100_000_000;

    /// Slow intervals in a row that are no hiccup any more. With fewer, what a hiccup left on a
    /// node near its limit counts as a queue; with more, the first callers of a flood wait
    /// longer.
    private static final int STANDING = 3;

    /// Nobody taken for so long is no hiccup either. Before that it proves nothing: whether a
    /// queue stands is told by the waits of those who are taken.
    private static final long STOPPED = 10 * INTERVAL;

    /// Quick intervals in a row without anybody refused, after which the window is as at the
    /// start.
    private static final int CALM = 5;

    /// One caller who was unlucky says nothing of the others: with fewer samples an interval
    /// goes on, but not for ever.
    private static final int SAMPLES = 5;
    private static final long LONGEST_INTERVAL = 5 * INTERVAL;

    /// A hiccup of this length finds room on a node that goes on as it did.
    private static final long HICCUP = 5 * INTERVAL;

    /// What is left of a rate after another [#HICCUP] with a lower one: half after 1.5 s.
    private static final double REMEMBERED = 0.8;

    private final double largest;
    private final double start;
    private final long target;
    private double size;
    /// Callers taken in one [#HICCUP]; not yet known, it is taken to be enough.
    private double rate;

    private long taken;
    private long takenBefore;
    private long rateSince;
    private long intervalBegan;
    private int samples;
    private boolean began;
    private boolean knocked;
    private boolean emptied;
    private int slowInARow;
    private int calmInARow;
    private long shortest = Long.MAX_VALUE;

    /// @param target the wait that is still good
    ArrivalWindow(int largest, long target) {
        this.largest = Math.max(SMALLEST, largest);
        this.target = target;
        start = Math.min(this.largest, START);
        size = start;
        rate = start;
    }

    /// A call has taken a caller.
    void confirmed(long waited) {
        shortest = Math.min(shortest, waited);
        samples++;
        taken++;
    }

    /// Whether one more may wait.
    ///
    /// @param waiting how many wait now
    /// @param longest how long the first of them has waited
    boolean admits(int waiting, long longest, long now) {
        emptied |= waiting == 0;
        var old = now - intervalBegan;
        if (!began) {
            began = true;
            intervalBegan = now;
            rateSince = now;
        } else if (old >= INTERVAL && (samples == 0 || samples >= SAMPLES || old >= LONGEST_INTERVAL)) {
            measure(now);
            turn(longest);
            intervalBegan = now;
        }
        if (waiting + 1 > size) {
            knocked = true;
            return false;
        }
        return true;
    }

    private void measure(long now) {
        var since = now - rateSince;
        if (since >= HICCUP) {
            rate = Math.max(taken < start ? rate : rate * REMEMBERED, (taken - takenBefore) * (double) HICCUP / since);
            takenBefore = taken;
            rateSince = now;
        }
    }

    private void turn(long longest) {
        // A queue that was empty for a moment does not stand: a lonely caller may still wait long.
        var slow = !emptied && (samples == 0 ? longest > STOPPED : shortest > target);
        if (slow) {
            slowInARow++;
        } else if (samples > 0 || emptied) {
            slowInARow = 0;
        }
        calmInARow = slow || knocked ? 0 : calmInARow + 1;
        if (slowInARow >= STANDING && taken >= start) {
            size = Math.clamp(rate, SMALLEST, largest);
            slowInARow = 0; // what waits already must have the time to become fewer
        } else if (calmInARow >= CALM) {
            size = Math.min(largest, Math.max(size, Math.max(start, rate)));
        } else if (knocked && !slow && samples > 0) {
            size = Math.min(largest, Math.max(size + 1, size * GROW));
        }
        knocked = false;
        emptied = false;
        shortest = Long.MAX_VALUE;
        samples = 0;
    }

    int size() {
        return (int) size;
    }
}
