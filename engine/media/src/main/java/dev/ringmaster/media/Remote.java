package dev.ringmaster.media;

import java.net.InetSocketAddress;
import java.util.Objects;

/// Where a telephone peer wants its media, from its SDP.
///
/// @param rtp where it receives RTP; resolved
/// @param rtcp where it receives RTCP (`a=rtcp`, else the port after RTP's; equal to `rtp` with `a=rtcp-mux`)
/// @param codec what we send; both G.711 laws are understood from it
/// @param telephoneEvent its payload type of telephone-event/8000, or -1
/// @param sends it may send (its direction is sendrecv or sendonly): only then its silence is a media timeout
/// @param receives it wants media (sendrecv or recvonly, and no 0.0.0.0)
public record Remote(
        InetSocketAddress rtp,
        InetSocketAddress rtcp,
        Codec codec,
        int telephoneEvent,
        boolean sends,
        boolean receives) {
    public Remote {
        Objects.requireNonNull(codec);
        PayloadTypes.checkTelephoneEvent(telephoneEvent);
        if (rtp.isUnresolved() || rtcp.isUnresolved()) {
            throw new IllegalArgumentException("the address is not resolved");
        }
    }

    /// A peer that sends and receives, RTCP on the port after RTP's.
    public static Remote at(InetSocketAddress rtp, Codec codec, int telephoneEvent) {
        var rtcp = new InetSocketAddress(rtp.getAddress(), Math.min(65_535, rtp.getPort() + 1));
        return new Remote(rtp, rtcp, codec, telephoneEvent, true, true);
    }

    public Remote withDirection(boolean sends, boolean receives) {
        return new Remote(rtp, rtcp, codec, telephoneEvent, sends, receives);
    }
}
