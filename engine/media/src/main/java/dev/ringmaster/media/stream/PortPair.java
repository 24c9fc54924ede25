package dev.ringmaster.media.stream;

import java.io.IOException;
import java.nio.channels.DatagramChannel;

/// The two bound sockets of a leg: RTP on an even port, RTCP on the next.
///
/// @param release gives the ports back
public record PortPair(int port, DatagramChannel rtp, DatagramChannel rtcp, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
        try (rtp;
                rtcp) {
            release.run();
        } catch (IOException _) {
            // a socket that does not close well is closed all the same
        }
    }
}
