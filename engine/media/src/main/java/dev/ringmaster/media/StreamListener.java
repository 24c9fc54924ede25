package dev.ringmaster.media;

import java.time.Duration;

/// What a stream tells. Called one after another on the engine's event thread: hand it on, do not wait there.
/// Events are bounded; under overload only [#onQuality] is left out.
public interface StreamListener {
    /// The first good packet has come in: the path from the peer works.
    default void onFirstPacket() {}

    /// The party has pressed a key (told once, when it is released).
    ///
    /// @param digit of `0-9*#A-D`
    default void onDigit(char digit, Duration pressed) {}

    /// A prompt is over.
    ///
    /// @param played how much of it was sent
    /// @param whole false when another wish interrupted it
    default void onPromptEnded(long generation, Duration played, boolean whole) {}

    /// No RTP for the time of [StreamSpec#mediaTimeout], though the peer may send. Told once a silence.
    default void onMediaTimeout(Duration silence) {}

    /// RTP again after a timeout was told.
    default void onMediaBack() {}

    default void onQuality(Quality quality) {}

    /// Nothing more comes in, and [#onQuality] has been told for the last time; a recording may still be sealed.
    default void onClosed() {}

    default void onRecordingStarted(RecordingPart part) {}

    /// The part is whole and closed.
    default void onRecordingSealed(RecordingPart part) {}

    /// The part could not be begun or went wrong; what there is of it is still sealed. It is not tried again while
    /// this wish stands.
    default void onRecordingFailed(String recordingId, String reason) {}
}
