package dev.ringmaster.media.recording;

import dev.ringmaster.media.Codec;

/// The shard's end of one part of a recording: puts frames on the way to the writer, and never waits.
public final class Recorder {
    private final RecordingWriter writer;
    private final OpenPart part;
    private final long startNanos;
    private final ChannelClock left = new ChannelClock();
    private final ChannelClock right = new ChannelClock();
    private boolean paused;

    Recorder(RecordingWriter writer, OpenPart part, long startNanos) {
        this.writer = writer;
        this.part = part;
        this.startNanos = startNanos;
    }

    public void pause(boolean on) {
        paused = on;
    }

    /// What the party says.
    public void left(Object source, Codec codec, int timestamp, byte[] bytes, int at, int length, long nowNanos) {
        record(OpenPart.LEFT, left, source, codec, timestamp, bytes, at, length, nowNanos);
    }

    /// What the party hears.
    public void right(Object source, Codec codec, int timestamp, byte[] bytes, int at, int length, long nowNanos) {
        record(OpenPart.RIGHT, right, source, codec, timestamp, bytes, at, length, nowNanos);
    }

    /// Nothing comes any more.
    public void seal(long nowNanos) {
        writer.seal(part, sampleAt(nowNanos));
    }

    private void record(
            int channel,
            ChannelClock clock,
            Object source,
            Codec codec,
            int timestamp,
            byte[] bytes,
            int at,
            int length,
            long nowNanos) {
        if (paused) {
            return;
        }
        long position = clock.place(source, timestamp, length, sampleAt(nowNanos));
        writer.offer(part, channel, codec, position, bytes, at, length);
    }

    private long sampleAt(long nowNanos) {
        return (nowNanos - startNanos) / 125_000;
    }
}
