package dev.ringmaster.media;

/// The two laws of G.711, 8,000 samples a second, one byte a sample.
public enum Codec {
    PCMU(0),
    PCMA(8);

    private final int payloadType;

    Codec(int payloadType) {
        this.payloadType = payloadType;
    }

    /// The static RTP payload type (RFC 3551).
    public int payloadType() {
        return payloadType;
    }
}
