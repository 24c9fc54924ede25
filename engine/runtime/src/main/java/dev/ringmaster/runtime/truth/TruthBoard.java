package dev.ringmaster.runtime.truth;

import dev.ringmaster.runtime.wire.TruthMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What this node has heard last from the auditor, and how old it is: a silent auditor shows by the age.
public final class TruthBoard {
    private final LongSupplier nanoTime;
    private volatile @Nullable Heard heard;

    private record Heard(TruthMessage.Report report, long at) {}

    /// A report and its age.
    public record Shown(TruthMessage.Report report, Duration age) {}

    /// @param nanoTime the machine's monotonic clock
    public TruthBoard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void heard(TruthMessage.Report report) {
        heard = new Heard(report, nanoTime.getAsLong());
    }

    /// Empty until the auditor has spoken for the first time.
    public Optional<Shown> shown() {
        return Optional.ofNullable(heard)
                .map(h -> new Shown(h.report(), Duration.ofNanos(nanoTime.getAsLong() - h.at())));
    }
}
