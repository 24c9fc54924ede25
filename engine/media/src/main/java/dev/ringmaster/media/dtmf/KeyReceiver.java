package dev.ringmaster.media.dtmf;

/// Makes one key press of the many packets of a telephone-event (RFC 4733): they share a timestamp, the last one
/// comes three times, and any of them may be lost.
public final class KeyReceiver {
    /// A key whose end never came counts as released after this.
    private static final long LOST_END_NANOS = 200_000_000;
    /// How far back a late repeat of an older key can lie: 10 s.
    private static final int STALE_SAMPLES = 80_000;

    /// Who is told.
    @FunctionalInterface
    public interface Listener {
        void pressed(char key, int samples);
    }

    private boolean seen;
    private boolean down;
    private int timestamp;
    private int event;
    private int samples;
    private long lastNanos;

    /// One packet.
    ///
    /// @return false when it is malformed or no key
    public boolean take(byte[] bytes, int at, int length, int packetTimestamp, long nowNanos, Listener listener) {
        if (length < 4 || (bytes[at] & 0xFF) > 15) {
            return false;
        }
        int behind = timestamp - packetTimestamp;
        if (seen && behind > 0 && behind < STALE_SAMPLES) {
            return true;
        }
        if (!seen || packetTimestamp != timestamp) {
            release(listener);
            seen = true;
            down = true;
            timestamp = packetTimestamp;
            event = bytes[at];
            samples = 0;
        }
        if (!down) {
            return true;
        }
        lastNanos = nowNanos;
        samples = Math.max(samples, ((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF));
        if ((bytes[at + 1] & 0x80) != 0) {
            release(listener);
        }
        return true;
    }

    /// Time goes on.
    public void tick(long nowNanos, Listener listener) {
        if (down && nowNanos - lastNanos > LOST_END_NANOS) {
            release(listener);
        }
    }

    /// Another source: its timestamps have nothing to do with the last one's.
    public void forget() {
        seen = false;
        down = false;
    }

    private void release(Listener listener) {
        if (down) {
            down = false;
            listener.pressed(Keys.key(event), samples);
        }
    }
}
