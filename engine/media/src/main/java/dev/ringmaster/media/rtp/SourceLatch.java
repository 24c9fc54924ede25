package dev.ringmaster.media.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Learns from where a peer really sends: at once when it is the address of its SDP, else after three good packets
/// in a row. Then nobody else is heard until [#announce] tells of another address.
public final class SourceLatch {
    private static final int GOOD_PACKETS = 3;

    private @Nullable InetSocketAddress announced;
    private @Nullable InetSocketAddress latched;
    private @Nullable InetSocketAddress candidate;
    private int candidateSsrc;
    private int candidateSequence;
    private int good;

    /// The peer's SDP names an address.
    public void announce(InetSocketAddress address) {
        if (!address.equals(announced)) {
            announced = address;
            latched = null;
            candidate = null;
        }
    }

    /// Whether a well-formed packet from there is the peer's.
    public boolean accepts(InetSocketAddress from, int ssrc, int sequence) {
        if (latched != null) {
            return from.equals(latched);
        }
        if (from.equals(announced)) {
            latched = from;
            return true;
        }
        int step = (sequence - candidateSequence) & 0xFFFF;
        if (from.equals(candidate) && ssrc == candidateSsrc && step >= 1 && step <= 10) {
            good++;
        } else {
            candidate = from;
            candidateSsrc = ssrc;
            good = 1;
        }
        candidateSequence = sequence;
        if (good < GOOD_PACKETS) {
            return false;
        }
        latched = from;
        return true;
    }

    /// Where to send: where the peer really is, else where it says it is.
    public @Nullable InetSocketAddress target() {
        return latched != null ? latched : announced;
    }
}
