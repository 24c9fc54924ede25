package dev.ringmaster.port;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Takes a sealed part of a recording from the edge's disk to where all nodes find it. Idempotent by (recordingId,
/// part).
public interface RecordingStore {
    /// @param part file name of the part in the edge's recording folder
    CompletionStage<Void> seal(
            String callId, String recordingId, String part, Duration offset, Duration length, long bytes);
}
