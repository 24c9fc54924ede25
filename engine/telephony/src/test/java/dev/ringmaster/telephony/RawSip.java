package dev.ringmaster.telephony;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A peer that writes its messages letter by letter: for what no decent stack would send.
final class RawSip implements AutoCloseable {
    private final DatagramSocket socket;
    private final int edgePort;
    private int count;

    RawSip(int edgePort) {
        this(edgePort, "127.0.0.1");
    }

    RawSip(int edgePort, String from) {
        this(edgePort, from, 0);
    }

    RawSip(int edgePort, String from, int port) {
        this.edgePort = edgePort;
        try {
            socket = new DatagramSocket(port, InetAddress.ofLiteral(from));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    String here() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    int port() {
        return socket.getLocalPort();
    }

    /// A request like any other; `more` are further header lines.
    String request(String method, String uri, String more, String body) {
        var call = here().replace(':', '-') + "-" + ++count;
        return """
                %s %s SIP/2.0
                Via: SIP/2.0/UDP %s;branch=z9hG4bK%s
                From: "A" <sip:a@%s>;tag=f%s
                To: <%s>
                Call-ID: %s
                CSeq: 1 %s
                Contact: <sip:a@%s>
                %s""".formatted(method, uri, here(), call, here(), call, uri, call, method, here(), more)
                        .stripTrailing()
                        .replace("\n", "\r\n")
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    String invite(String uri, String more, String sdp) {
        return request(
                "INVITE",
                uri,
                "Max-Forwards: 70\n" + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\n") + more,
                sdp);
    }

    static String sdp(String media) {
        return "v=0\r\no=a 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + media + "\r\n";
    }

    void send(String message) {
        var bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        send(bytes);
    }

    void send(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, EdgeUnderTest.loopback(), edgePort));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// The next message that is no 100.
    Optional<String> receive(int withinMs) {
        try {
            var end = System.nanoTime() + withinMs * 1_000_000L;
            while (true) {
                var left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                socket.setSoTimeout((int) left);
                var packet = new DatagramPacket(new byte[8_192], 8_192);
                socket.receive(packet);
                if (packet.getPort() != edgePort) {
                    continue; // somebody else's, to whoever had this port before
                }
                var text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                if (!text.startsWith("SIP/2.0 100")) {
                    return Optional.of(text);
                }
            }
        } catch (SocketTimeoutException _) {
            return Optional.empty();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Sends, and returns the final answer.
    String ask(String message) {
        send(message);
        return receive(3_000).orElseThrow(() -> new AssertionError("no answer to\n" + message));
    }

    /// A 200 to an INVITE that came.
    String success(String invite, String tag) {
        var kept = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (var line : invite.split("\r\n", -1)) {
            if (line.matches("(Via|From|Call-ID|CSeq|Record-Route): .*")) {
                kept.append(line).append("\r\n");
            } else if (line.startsWith("To: ")) {
                kept.append(line)
                        .append(line.contains(";tag=") ? "" : ";tag=" + tag)
                        .append("\r\n");
            }
        }
        var body = sdp("m=audio 6000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000");
        return kept + "Contact: <sip:b@" + here() + ">\r\nContent-Type: application/sdp\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Override
    public void close() {
        socket.close();
    }
}
