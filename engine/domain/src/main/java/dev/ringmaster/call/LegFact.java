package dev.ringmaster.call;

import dev.ringmaster.base.Said;
import java.time.Duration;

/// What an edge reports of a leg. Facts are numbered per leg, repeated until the call confirms the number, ignored
/// when known.
public sealed interface LegFact {
    /// 18x to our INVITE.
    ///
    /// @param earlyMedia whether it carried SDP
    record Progress(int sipStatus, boolean earlyMedia) implements LegFact {}

    /// Our INVITE was answered 2xx, or our 2xx was acknowledged: the dialog stands and can be taken over.
    record Established(SipDialog dialog) implements LegFact {}

    /// One key, by RFC 4733 or INFO. A personal value.
    record Digit(Said key) implements LegFact {}

    /// A prompt generation has been played to its end, or was stopped after `played`.
    record PromptEnded(long generation, Duration played, boolean whole) implements LegFact {}

    /// No RTP for so long although some was due.
    record MediaTimeout(Duration silent) implements LegFact {}

    record Ended(LegEnd end) implements LegFact {}

    /// A part of a recording has been sealed.
    record RecordingSealed(String recordingId, String part, Duration offset, Duration length, long bytes)
            implements LegFact {}

    /// Summed over the leg's life, reported once at its end.
    record Quality(long packetsReceived, long packetsLost, int jitterMs, int rttMs) implements LegFact {}
}
