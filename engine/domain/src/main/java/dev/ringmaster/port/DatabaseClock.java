package dev.ringmaster.port;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/// What time the shared database says it is, without any shift of a test profile.
@FunctionalInterface
public interface DatabaseClock {
    CompletionStage<Instant> now();
}
