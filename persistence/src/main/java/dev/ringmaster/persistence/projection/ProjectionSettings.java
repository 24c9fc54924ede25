package dev.ringmaster.persistence.projection;

import java.time.Duration;

/// How the journal is followed.
///
/// @param poll pause when there is nothing new; half of it is the usual delay of a record
/// @param portion events a transaction: larger is faster in a rebuild, but a long writing transaction holds all
///     readers back
/// @param retryAtMost longest pause after failures
public record ProjectionSettings(Duration poll, int portion, Duration retryAtMost) {
    public static final ProjectionSettings DEFAULT =
            new ProjectionSettings(Duration.ofMillis(50), 500, Duration.ofSeconds(10));
}
