package dev.ringmaster.media.rtp;

/// What came of one source: loss and jitter as RFC 3550 (A.1, A.3, A.8) counts them.
public final class ReceiveStats {
    private static final int MAX_DROPOUT = 3_000;
    private static final int MAX_MISORDER = 100;
    /// A source that was still for longer than this and lost nothing has paused. Browsers let their timestamps stand
    /// meanwhile, so the way of the next packet says nothing of the network.
    private static final long PAUSE_SAMPLES = 4_000;

    private boolean started;
    private int ssrc;
    private int baseSequence;
    private int maxSequence;
    private long cycles;
    private int badSequence;
    private long received;
    private long arrived;
    private long transit;
    private double jitterSamples;

    private long expectedBefore;
    private long receivedBefore;

    /// Takes note of one packet.
    ///
    /// @return false when its number is far from all expected: perhaps a stray, taken only when the next one
    ///     follows it
    public boolean take(int fromSsrc, int sequence, int timestamp, long nowNanos) {
        if (!started || fromSsrc != ssrc) {
            begin(fromSsrc, sequence);
        }
        int delta = (sequence - maxSequence) & 0xFFFF;
        long arrival = nowNanos / 125_000;
        boolean paused = delta == 1 && arrival - arrived > PAUSE_SAMPLES;
        if (delta < MAX_DROPOUT) {
            if (sequence < maxSequence) {
                cycles += 65_536;
            }
            maxSequence = sequence;
        } else if (delta <= 65_536 - MAX_MISORDER) {
            if (sequence != badSequence) {
                badSequence = (sequence + 1) & 0xFFFF;
                return false;
            }
            begin(fromSsrc, sequence);
        }
        received++;
        arrived = arrival;
        long now = arrival - Integer.toUnsignedLong(timestamp);
        if (received > 1 && !paused) {
            // the difference of two timestamps lives in 32 bits
            int change = (int) (now - transit);
            // an absurd timestamp is a new beginning, not jitter
            if (Math.abs((long) change) < 80_000) {
                jitterSamples += (Math.abs(change) - jitterSamples) / 16;
            }
        }
        transit = now;
        return true;
    }

    public boolean hasStarted() {
        return started;
    }

    public int ssrc() {
        return ssrc;
    }

    /// Packets that came since the source began.
    public long received() {
        return received;
    }

    /// Packets that should have come.
    public long expected() {
        return started ? cycles + maxSequence - baseSequence + 1 : 0;
    }

    public int extendedSequence() {
        return (int) (cycles + maxSequence);
    }

    /// In samples of 1/8000 s.
    public int jitterSamples() {
        return (int) jitterSamples;
    }

    /// What was lost since the last call, as a fraction of 256 (RFC 3550 §6.4.1).
    public int fractionLost() {
        long expected = expected() - expectedBefore;
        long lost = expected - (received - receivedBefore);
        expectedBefore = expected();
        receivedBefore = received;
        return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, lost * 256 / expected);
    }

    private void begin(int fromSsrc, int sequence) {
        started = true;
        ssrc = fromSsrc;
        baseSequence = sequence;
        maxSequence = sequence;
        badSequence = -1;
        cycles = 0;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
    }
}
