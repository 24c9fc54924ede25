package dev.ringmaster.telephony;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Sends a message as its first Via says, so that answers find it: from the port that is named there, or over a
/// connection.
sealed interface TorturePeer extends AutoCloseable {
    void send(byte[] message);

    /// The next final response.
    Optional<String> receive(int withinMs);

    @Override
    void close();

    static TorturePeer of(byte[] message, int edgePort) {
        var via = Pattern.compile("(?mi)^v(?:ia)?\\s*:\\s*SIP\\s*/\\s*[0-9.]+\\s*/\\s*(\\w+)\\s+[^:;,\\s]+(?::(\\d+))?")
                .matcher(new String(message, StandardCharsets.ISO_8859_1));
        if (!via.find()) {
            throw new IllegalArgumentException("no Via");
        }
        var port = via.group(2) == null ? 5060 : Integer.parseInt(via.group(2));
        return via.group(1).equals("UDP") ? new Udp(edgePort, port) : new Tcp(edgePort);
    }

    /// From an address of its own, because the port is a usual one.
    final class Udp implements TorturePeer {
        private static final AtomicInteger ADDRESSES = new AtomicInteger();
        private final RawSip socket;

        private Udp(int edgePort, int port) {
            var pid = ProcessHandle.current().pid();
            socket = new RawSip(
                    edgePort,
                    "127.%d.%d.%d".formatted(1 + pid % 250, 1 + pid / 250 % 250, 1 + ADDRESSES.incrementAndGet()),
                    port);
        }

        @Override
        public void send(byte[] message) {
            socket.send(message);
        }

        @Override
        public Optional<String> receive(int withinMs) {
            return socket.receive(withinMs);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /// Over a connection.
    final class Tcp implements TorturePeer {
        private final Socket socket = new Socket();

        private Tcp(int edgePort) {
            try {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), edgePort), 2_000);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        @Override
        public void send(byte[] message) {
            try {
                socket.getOutputStream().write(message);
                socket.getOutputStream().flush();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        /// Our answers to such messages have no body.
        @Override
        public Optional<String> receive(int withinMs) {
            var text = new StringBuilder();
            try {
                socket.setSoTimeout(withinMs);
                while (true) {
                    var next = socket.getInputStream().read();
                    if (next < 0) {
                        return Optional.empty();
                    }
                    text.append((char) next);
                    if (text.length() >= 4 && text.lastIndexOf("\r\n\r\n") == text.length() - 4) {
                        if (text.length() > 4 && !text.toString().startsWith("SIP/2.0 100")) {
                            return Optional.of(text.toString());
                        }
                        text.setLength(0);
                    }
                }
            } catch (SocketTimeoutException _) {
                return Optional.empty();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    }
}
