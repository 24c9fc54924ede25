package dev.ringmaster.media.dtls;

import dev.ringmaster.media.srtp.SrtpKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One DTLS association as server: a virtual thread that shakes hands, then waits for the goodbye. Packets of the
/// peer come in by [#datagram].
public final class DtlsAssociation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DtlsAssociation.class);
    /// Packets of a handshake that may wait; a flight has about ten.
    private static final int MAX_WAITING = 64;
    /// The longest packet we read and write: what every path carries.
    private static final int MTU_BYTES = 1_200;

    private static final int RECEIVE_BYTES = 1_500;

    /// Who is told, on the association's thread.
    public interface Listener {
        void connected(DtlsAssociation association, SrtpKeys keys);

        /// @param reason a short code
        void ended(DtlsAssociation association, String reason);
    }

    /// Sends a packet to the peer.
    @FunctionalInterface
    public interface Sender {
        void send(byte[] bytes, int at, int length) throws IOException;
    }

    private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final SrtpServer server;
    private final Sender sender;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;

    /// @param fingerprint of the peer's certificate, by its SDP
    public DtlsAssociation(String name, DtlsIdentity identity, String fingerprint, Sender sender, Listener listener) {
        this.server = new SrtpServer(identity, fingerprint);
        this.sender = sender;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("dtls-" + name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// What the peer has sent; too much of it is lost, as in a network.
    public void datagram(byte[] bytes, int length) {
        waiting.offer(Arrays.copyOf(bytes, length));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            var transport = new DTLSServerProtocol().accept(server, new Datagrams());
            listener.connected(this, server.keys());
            var buffer = new byte[RECEIVE_BYTES];
            try {
                while (!closed) {
                    transport.receive(buffer, 0, buffer.length, 30_000);
                }
            } finally {
                transport.close();
            }
            listener.ended(this, "goodbye");
        } catch (IOException | RuntimeException fault) {
            LOG.debug("{} ended: {}", thread.getName(), fault.toString());
            listener.ended(this, server.metStranger() ? "fingerprint" : closed ? "goodbye" : "handshake");
        }
    }

    private final class Datagrams implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return RECEIVE_BYTES;
        }

        @Override
        public int getSendLimit() {
            return MTU_BYTES;
        }

        @Override
        public int receive(byte[] buffer, int at, int length, int waitMs) throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            try {
                var packet = waiting.poll(waitMs, TimeUnit.MILLISECONDS);
                if (packet == null) {
                    return -1;
                }
                int count = Math.min(length, packet.length);
                System.arraycopy(packet, 0, buffer, at, count);
                return count;
            } catch (InterruptedException _) {
                throw new IOException("closed");
            }
        }

        @Override
        public void send(byte[] buffer, int at, int length) throws IOException {
            sender.send(buffer, at, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
