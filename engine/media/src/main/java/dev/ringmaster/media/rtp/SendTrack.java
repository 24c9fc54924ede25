package dev.ringmaster.media.rtp;

import org.jspecify.annotations.Nullable;

/// The one stream that a party hears, made of many sources: one SSRC, sequence numbers without a hole that the
/// source did not have, timestamps that only grow and keep the true distance, a marker where the source changes.
///
/// Ask [#next] for each packet, then read [#sequence], [#timestamp] and [#marker].
public final class SendTrack {
    private static final int SAMPLES_A_MS = 8;
    /// A source that jumps further than this (2 s) is anchored anew.
    private static final int MAX_JUMP_SAMPLES = 16_000;

    private static final int MAX_JUMP_PACKETS = 500;

    private final int ssrc;
    private int highestSequence;
    private int lastTimestamp;
    private int lastDuration;
    private long lastSentNanos;
    /// When the packet of [#lastTimestamp] went out; a key sends many packets of one timestamp.
    private long lastBeganNanos;
    private boolean started;

    private @Nullable Object source;
    private int sequenceOffset;
    private int timestampOffset;
    private int anchorSequence;
    private int sourceSequence;
    private int sourceTimestamp;

    private int sequence;
    private int timestamp;
    private boolean marker;

    public SendTrack(int ssrc, int firstSequence, int firstTimestamp) {
        this.ssrc = ssrc;
        this.highestSequence = (firstSequence - 1) & 0xFFFF;
        this.lastTimestamp = firstTimestamp;
    }

    /// Places one packet of a source into the stream.
    ///
    /// @param from the source; another object than last time is another source
    /// @param samples how long the packet sounds
    /// @return false when it must not be sent: it belongs before a change that has already been heard
    public boolean next(Object from, boolean marked, int fromSequence, int fromTimestamp, int samples, long nowNanos) {
        boolean anchor = !from.equals(source) || jumped(fromSequence, fromTimestamp, nowNanos);
        if (anchor) {
            anchor(from, fromSequence, fromTimestamp, nowNanos);
        }
        int placed = (fromSequence + sequenceOffset) & 0xFFFF;
        if (ahead(placed, anchorSequence) < 0) {
            return false;
        }
        sequence = placed;
        timestamp = fromTimestamp + timestampOffset;
        marker = marked || anchor;
        sourceSequence = fromSequence;
        sourceTimestamp = fromTimestamp;
        if (!started || ahead(placed, highestSequence) > 0) {
            highestSequence = placed;
            if (!started || timestamp != lastTimestamp) {
                lastBeganNanos = nowNanos;
            }
            lastTimestamp = timestamp;
            lastDuration = samples;
            lastSentNanos = nowNanos;
            started = true;
        }
        return true;
    }

    /// A packet of the source that is not passed on, without leaving a hole.
    public void leaveOut(Object from) {
        if (from.equals(source)) {
            sequenceOffset--;
        }
    }

    /// The next packet, of whatever source, starts anew.
    public void breakOff() {
        source = null;
    }

    /// When the last packet went out; meaningless before [#hasStarted].
    public long lastSentNanos() {
        return lastSentNanos;
    }

    public boolean hasStarted() {
        return started;
    }

    /// The timestamp that belongs to this moment, for sender reports.
    public int timestampAt(long nowNanos) {
        return lastTimestamp + (int) elapsedSamples(nowNanos);
    }

    public int ssrc() {
        return ssrc;
    }

    public int sequence() {
        return sequence;
    }

    public int timestamp() {
        return timestamp;
    }

    public boolean marker() {
        return marker;
    }

    /// Whether the source went on as time did. A source that was still and comes back with the right timestamp has
    /// not jumped.
    private boolean jumped(int fromSequence, int fromTimestamp, long nowNanos) {
        long skew = (long) (fromTimestamp - sourceTimestamp) - elapsedSamples(nowNanos);
        return Math.abs(ahead(fromSequence, sourceSequence)) > MAX_JUMP_PACKETS || Math.abs(skew) > MAX_JUMP_SAMPLES;
    }

    private void anchor(Object from, int fromSequence, int fromTimestamp, long nowNanos) {
        source = from;
        anchorSequence = (highestSequence + 1) & 0xFFFF;
        sequenceOffset = anchorSequence - fromSequence;
        int at = started ? lastTimestamp + (int) Math.max(lastDuration, elapsedSamples(nowNanos)) : lastTimestamp;
        timestampOffset = at - fromTimestamp;
    }

    /// More than 32 bits hold, when a line was quiet for three days.
    private long elapsedSamples(long nowNanos) {
        return (nowNanos - lastBeganNanos) * SAMPLES_A_MS / 1_000_000;
    }

    /// How far a is ahead of b, in the circle of 16 bits.
    static int ahead(int a, int b) {
        return (short) (a - b);
    }
}
