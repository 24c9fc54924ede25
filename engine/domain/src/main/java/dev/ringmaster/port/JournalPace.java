package dev.ringmaster.port;

import java.time.Duration;

/// How fast the journal takes what the entities of this process write.
@FunctionalInterface
public interface JournalPace {
    /// Where no entity lives, nothing is written: the journal of others is not slow here.
    JournalPace NOTHING_WRITTEN = () -> Duration.ZERO;

    /// What 99 of 100 writes of a second kept within, in the best of the last seconds: one slow
    /// second is a hiccup.
    Duration standing();
}
