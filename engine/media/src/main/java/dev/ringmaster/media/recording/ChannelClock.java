package dev.ringmaster.media.recording;

import org.jspecify.annotations.Nullable;

/// Where each packet of one channel belongs on the time line of a recording: by its RTP timestamp, so that jitter
/// does not tear the sound, held near its arrival, so that the two channels stay beside each other.
final class ChannelClock {
    /// How far timestamp and arrival may differ before arrival wins: 200 ms is more than jitter and less than
    /// anybody hears between the two sides of a conversation.
    private static final int MAX_SKEW_SAMPLES = 1_600;

    private @Nullable Object source;
    private long anchorPosition;
    private int anchorTimestamp;

    /// @param arrived the sample of the recording's time line at which the packet came
    /// @return the sample at which its sound begins; may be negative for sound from before the beginning
    long place(Object from, int timestamp, int samples, long arrived) {
        long begins = arrived - samples;
        long placed = anchorPosition + (timestamp - anchorTimestamp);
        if (!from.equals(source) || Math.abs(placed - begins) > MAX_SKEW_SAMPLES) {
            source = from;
            placed = begins;
        }
        anchorPosition = placed;
        anchorTimestamp = timestamp;
        return placed;
    }
}
