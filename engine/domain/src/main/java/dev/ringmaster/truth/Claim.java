package dev.ringmaster.truth;

import java.time.Duration;
import java.util.List;

/// What one entity says, and how it stands with it.
///
/// @param overdue for how long its deadline has passed, zero when it has not
/// @param owed what it owes, longest first
/// @param silent since when it has not moved: an entity moves every second
public record Claim<F>(F fact, Duration overdue, List<Debt> owed, Duration silent) {
    /// An entity that has not moved for so long does not live, whatever stands on its slip. A write that waits for a
    /// slow journal keeps one still for a while.
    public static final Duration SILENT_IS_DEAD = Duration.ofSeconds(5);

    public Claim {
        owed = List.copyOf(owed);
    }

    /// One unconfirmed message.
    ///
    /// @param to whom it is owed
    public record Debt(String key, String to, Duration age) {}

    /// In time, owing nothing, awake.
    public static <F> Claim<F> of(F fact) {
        return new Claim<>(fact, Duration.ZERO, List.of(), Duration.ZERO);
    }

    boolean live() {
        return silent.compareTo(SILENT_IS_DEAD) <= 0;
    }
}
