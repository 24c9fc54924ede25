package dev.ringmaster.runtime.edge;

import dev.ringmaster.port.JournalPace;
import dev.ringmaster.port.Telephony;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether an edge takes one more call. Calls already admitted are never hurt by new
/// ones; each refusal has a countable reason. Asked for every INVITE on the telephone's threads,
/// before anything is kept of it.
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /// So often at most the log says that callers are refused.
    private static final long SAY_EVERY = 5_000_000_000L;

    /// Below so many legs late media has another cause than calls, and refusing them cures
    /// nothing.
    private static final int FEW_LEGS = 50;

    private final Limits limits;
    private final LongSupplier nanos;
    private final JournalPace journal;
    private final ArrivalWindow window;
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final AtomicLong said;

    /// Of an edge without an engine in its process.
    public Admission(Limits limits, LongSupplier nanos) {
        this(limits, nanos, JournalPace.NOTHING_WRITTEN);
    }

    /// @param nanos a clock that never goes back
    /// @param journal of the engine in this process
    public Admission(Limits limits, LongSupplier nanos, JournalPace journal) {
        this.limits = limits;
        this.nanos = nanos;
        this.journal = journal;
        window = new ArrivalWindow(limits.maxArrivals(), limits.takenWithin().toNanos());
        said = new AtomicLong(nanos.getAsLong() - SAY_EVERY);
    }

    /// @param maxCalls calls at once on this edge
    /// @param maxArrivals callers at once whom no call has taken yet; fewer when the engines are
    ///     found to be slower
    /// @param takenWithin how long a caller may wait for that: longer is the sign that the
    ///     engines or their journal are behind
    /// @param mediaLate how late 99 of 100 paced packets may be
    /// @param journalSlow how long 99 of 100 writes to the journal may take for seconds on end
    /// @param retryAfterS what a refused caller's carrier is told
    public record Limits(
            int maxCalls,
            int maxArrivals,
            Duration takenWithin,
            Duration mediaLate,
            Duration journalSlow,
            int retryAfterS) {
        /// 300 ms: with the ring-back that follows nobody hears a pause. 100 ms: lateness is
        /// known by powers of two, and this says more than 65 ms, which is what a telephone's
        /// jitter buffer hides. 1 s: every press of a button waits so long then; far below it
        /// the window of arrivals has found the queue already.
        public static final Limits DEFAULT =
                new Limits(2_000, 1_000, Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofSeconds(1), 5);

        public Limits withMaxCalls(int calls) {
            return new Limits(calls, maxArrivals, takenWithin, mediaLate, journalSlow, retryAfterS);
        }
    }

    /// The reason to refuse, or empty: take the call.
    ///
    /// @param calls on this edge now
    /// @param arrivals callers whom no call has taken yet
    /// @param firstArrived when the first of them came, by the same clock; now, when none is known
    ///     by name yet
    Optional<Telephony.TooMuch> refuse(int calls, int arrivals, long firstArrived, Telephony.Load load) {
        var reason = reason(calls, arrivals, firstArrived, load);
        reason.ifPresent(this::refusing);
        return reason.map(why -> new Telephony.TooMuch(why, limits.retryAfterS()));
    }

    private Optional<String> reason(int calls, int arrivals, long firstArrived, Telephony.Load load) {
        if (calls + arrivals >= limits.maxCalls()) {
            return Optional.of("calls");
        }
        if (load.legs() >= FEW_LEGS && load.mediaLateness().compareTo(limits.mediaLate()) > 0) {
            return Optional.of("mediaLate");
        }
        if (journal.standing().compareTo(limits.journalSlow()) > 0) {
            return Optional.of("journalSlow");
        }
        var now = nanos.getAsLong();
        boolean admits;
        synchronized (window) {
            admits = window.admits(arrivals, arrivals == 0 ? 0 : now - firstArrived, now);
        }
        return admits ? Optional.empty() : Optional.of("engineBehind");
    }

    private void refusing(String reason) {
        count(reason);
        var now = nanos.getAsLong();
        var last = said.get();
        if (now - last >= SAY_EVERY && said.compareAndSet(last, now)) {
            LOG.warn("callers are refused, {}; so far {}", reason, refusals());
        }
    }

    long now() {
        return nanos.getAsLong();
    }

    /// A call has taken a caller who came at that moment.
    void taken(long arrived) {
        var waited = nanos.getAsLong() - arrived;
        synchronized (window) {
            window.confirmed(waited);
        }
    }

    void count(String reason) {
        refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    }

    int retryAfterS() {
        return limits.retryAfterS();
    }

    /// How many callers may wait for their call at once, as measured now.
    public int window() {
        synchronized (window) {
            return window.size();
        }
    }

    /// Refusals since the start by reason, for the metrics.
    public Map<String, Long> refusals() {
        var counts = new TreeMap<String, Long>();
        refused.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
