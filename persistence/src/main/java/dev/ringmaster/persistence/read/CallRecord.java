package dev.ringmaster.persistence.read;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The record of a finished call (HOT-019), in the words of `docs/live-protocol.md`.
///
/// @param answeredAt when a person began to talk with the customer; empty if nobody did
/// @param phases in time order; without wrap-up they add up to the call's length
/// @param survey the score that the customer gave
public record CallRecord(
        String callId,
        String instanceId,
        String direction,
        String from,
        String to,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Instant endedAt,
        String endedBy,
        String result,
        Optional<Named> agent,
        Optional<Named> group,
        List<Phase> phases,
        List<String> tags,
        List<String> ivrPath,
        Optional<Integer> survey,
        boolean transferredToHuman,
        String source,
        String remark,
        Optional<Note> note,
        Optional<Recording> recording,
        String area,
        Optional<String> displayName) {
    public CallRecord {
        phases = List.copyOf(phases);
        tags = List.copyOf(tags);
        ivrPath = List.copyOf(ivrPath);
    }

    public record Named(String id, String name) {}

    /// @param kind `ivr`, `queue`, `ring`, `dial`, `talk`, `hold`, `survey`, `acw`, `announcement`
    public record Phase(String kind, Instant startedAt, Instant endedAt, long ms, Optional<String> agent) {}

    public record Note(String category, String result, String text) {}

    /// @param sizeBytes of the WAV file that is played
    public record Recording(String recordingId, long durationMs, long sizeBytes) {}
}
