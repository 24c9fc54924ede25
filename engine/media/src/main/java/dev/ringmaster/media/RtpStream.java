package dev.ringmaster.media;

import java.net.InetSocketAddress;

/// A telephone leg in plain RTP.
public non-sealed interface RtpStream extends MediaStream {
    /// What goes into `c=` and `m=`: the public address where one is set, and the bound RTP port (RTCP is the next
    /// one).
    InetSocketAddress advertised();

    /// The bound RTP port.
    int localPort();

    /// Where and how to send, from the peer's SDP. An equal one changes nothing; another one lets the source of
    /// packets be learnt anew (a peer behind a NAT sends from elsewhere than its SDP says: after three good packets
    /// from there we send there, and hear nobody else).
    void remote(Remote remote);
}
