package dev.ringmaster.media;

/// Where a browser's line is.
public enum SecureState {
    /// Nothing has come yet, or a new page has taken the line and is not there yet.
    WAITING,
    /// A good ICE check came; the DTLS handshake is under way.
    CONNECTING,
    /// Keys are agreed: sound flows.
    CONNECTED,
    /// No ICE check for 10 s: the page or its network is gone. It may come back to CONNECTED by itself.
    LOST,
    /// It will not come by itself: the handshake failed, the fingerprint was another one, the peer said goodbye, or
    /// consent ended after 30 s without checks (RFC 7675). A new [SecureStream#remote] starts again.
    FAILED
}
