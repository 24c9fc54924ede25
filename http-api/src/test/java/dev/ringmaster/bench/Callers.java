package dev.ringmaster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Callers of a trunk on one UDP port: INVITE with a description of sound, ACK, BYE by either side. Loopback
/// loses nothing but under overload, so only the INVITE is repeated.
final class Callers implements AutoCloseable {
    private static final Pattern TO = Pattern.compile("(?mi)^To: ?([^\r]*)");
    private static final Pattern CALL_ID = Pattern.compile("(?mi)^Call-ID: ?([^\r]*)");
    private static final Pattern CSEQ = Pattern.compile("(?mi)^CSeq: ?([^\r]*)");
    private static final Pattern KEPT = Pattern.compile("(?mi)^(Via|From|To|Call-ID|CSeq): ?[^\r]*");

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final InetSocketAddress node;
    private final ScheduledExecutorService timers;
    private final Latencies latencies;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Caller> calls = new ConcurrentHashMap<>();

    Callers(int sipPort, ScheduledExecutorService timers, Latencies latencies) throws SocketException {
        node = new InetSocketAddress(InetAddress.getLoopbackAddress(), sipPort);
        this.timers = timers;
        this.latencies = latencies;
        socket.setReceiveBufferSize(4 << 20);
        Thread.ofPlatform().name("callers").daemon().start(this::listen);
    }

    /// @return done when the call is answered (by the queue, as a rule)
    CompletableFuture<Caller> call(String number, LoadAgent.Sound sound) {
        var caller = new Caller("load-" + numbers.incrementAndGet() + "-" + socket.getLocalPort(), number, sound);
        calls.put(caller.callId, caller);
        caller.invite();
        return caller.answered;
    }

    /// One caller.
    final class Caller {
        final CompletableFuture<Caller> answered = new CompletableFuture<>();
        final CompletableFuture<Long> ended = new CompletableFuture<>();
        private final String callId;
        private final String number;
        private final LoadAgent.Sound sound;
        private final long began = System.nanoTime();
        private String to;

        private Caller(String callId, String number, LoadAgent.Sound sound) {
            this.callId = callId;
            this.number = number;
            this.sound = sound;
            to = "<" + uri() + ">";
        }

        private String uri() {
            return "sip:" + number + "@127.0.0.1:" + node.getPort();
        }

        private void invite() {
            send("INVITE", 1, sound.offer());
            var _ = timers.schedule(
                    () -> {
                        if (!answered.isDone() && System.nanoTime() - began < 8_000_000_000L) {
                            latencies.count("caller.repeats");
                            invite();
                        }
                    },
                    500,
                    TimeUnit.MILLISECONDS);
        }

        void hangUp() {
            send("BYE", 2, "");
        }

        private void send(String method, int cseq, String body) {
            var port = socket.getLocalPort();
            transmit("""
                    %s %s SIP/2.0\r
                    Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%s%s%d;rport\r
                    Max-Forwards: 70\r
                    From: <sip:+8613800000000@127.0.0.1:%d>;tag=%s\r
                    To: %s\r
                    Call-ID: %s\r
                    CSeq: %d %s\r
                    Contact: <sip:load@127.0.0.1:%d>\r
                    Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE\r
                    %sContent-Length: %d\r
                    \r
                    %s""".formatted(
                            method,
                            uri(),
                            port,
                            callId,
                            method,
                            cseq,
                            port,
                            callId,
                            to,
                            callId,
                            cseq,
                            method,
                            port,
                            body.isEmpty() ? "" : "Content-Type: application/sdp\r\n",
                            body.length(),
                            body));
        }

        private void response(int status, String message) {
            var cseq = found(CSEQ, message).toUpperCase(Locale.ROOT);
            if (cseq.endsWith("BYE") && status == 200) {
                ended.complete(System.nanoTime());
                calls.remove(callId);
            } else if (cseq.endsWith("INVITE") && status == 200) {
                to = found(TO, message);
                send("ACK", 1, "");
                if (!answered.isDone()) {
                    latencies.took("caller.answered", (System.nanoTime() - began) / 1e6);
                    sound.answered(message.substring(message.indexOf("\r\n\r\n") + 4));
                    answered.complete(this);
                }
            } else if (status >= 300) {
                to = found(TO, message);
                send("ACK", 1, "");
                latencies.count("caller.refused." + status);
                answered.completeExceptionally(new IllegalStateException(message));
                calls.remove(callId);
            }
        }
    }

    private void listen() {
        var packet = new DatagramPacket(new byte[8_192], 8_192);
        while (!socket.isClosed()) {
            try {
                packet.setLength(8_192);
                socket.receive(packet);
            } catch (IOException _) {
                return; // closed
            }
            heard(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
        }
    }

    private void heard(String message) {
        if (message.isBlank()) {
            return;
        }
        var caller = calls.get(found(CALL_ID, message));
        if (message.startsWith("SIP/2.0 ")) {
            if (caller != null) {
                caller.response(Integer.parseInt(message.substring(8, 11)), message);
            }
        } else if (!message.startsWith("ACK ")) {
            var answer = new StringBuilder("SIP/2.0 200 OK\r\n");
            for (var kept = KEPT.matcher(message); kept.find(); ) {
                answer.append(kept.group()).append("\r\n");
            }
            transmit(answer.append("Content-Length: 0\r\n\r\n").toString());
            if (message.startsWith("BYE ") && caller != null) {
                caller.ended.complete(System.nanoTime());
                calls.remove(caller.callId);
            }
        }
    }

    private static String found(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1).strip() : "";
    }

    private void transmit(String message) {
        var bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, node));
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
