package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.port.Telephony;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A test agent's line in plain RTP: only where it is allowed, only from this machine, and by the same two keys.
class PlainLineTest {
    private final EdgeUnderTest edge =
            new EdgeUnderTest(config -> config.withTestLines(true).withMediaTimeout(Duration.ofSeconds(1)));

    @AfterEach
    void close() {
        edge.close();
    }

    private static String offer(String address, int port, String direction) {
        return RawSip.sdp("m=audio " + port + " RTP/AVP 0\r\na=" + direction)
                .replaceAll("(?m)^c=.*$", "c=IN IP4 " + address);
    }

    private Telephony.LineAnswer open(String offer) {
        return edge.edge.openLine("alice", 3, offer).toCompletableFuture().join();
    }

    @Test
    void nobody_has_one_where_it_is_not_allowed() {
        try (var closed = new EdgeUnderTest()) {
            assertThat(closed.edge.openLine("alice", 3, offer("127.0.0.1", 4_000, "inactive")))
                    .failsWithin(Duration.ofSeconds(2))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("no encrypted audio");
        }
    }

    @Test
    void nobody_from_elsewhere_has_one() {
        assertThat(edge.edge.openLine("alice", 3, offer("192.0.2.7", 4_000, "sendrecv")))
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableOfType(ExecutionException.class);
    }

    @Test
    void who_sends_nothing_is_up_at_once_and_stays_so() {
        var line = open(offer("127.0.0.1", 4_000, "inactive")).line();
        assertThat(Desk.taken(edge.desk.lines, Duration.ofSeconds(5))).contains("up alice 3");
        assertThat(edge.edge.lineAlive(line)).isTrue();
        assertThat(open(offer("127.0.0.1", 4_002, "inactive")).line()).isEqualTo(line);
    }

    @Test
    void two_keys_open_the_ear_of_a_test_agent_too() throws IOException {
        try (var rtp = new DatagramSocket(0, EdgeUnderTest.loopback());
                var caller = new Phone(edge, "1")) {
            var answer = open(offer("127.0.0.1", rtp.getLocalPort(), "sendrecv"));
            assertThat(edge.edge.lineAlive(answer.line())).isFalse();
            var port = Pattern.compile("m=audio (\\d+)").matcher(answer.sdp());
            assertThat(port.find()).isTrue();
            var voice = new Voice(rtp, Integer.parseInt(port.group(1)));
            voice.say();
            assertThat(Desk.taken(edge.desk.lines, Duration.ofSeconds(5))).contains("up alice 3");
            assertThat(edge.edge.lineAlive(answer.line())).isTrue();

            caller.call();
            var leg = edge.desk.arrival().legId();
            edge.plan(
                    "call-1",
                    Optional.of(new CallPlan.LinePart("alice", answer.line(), new Hears.Leg(leg), true)),
                    edge.leg(leg, new Signal.Answer(), new Hears.Line()));
            caller.connected();
            caller.says(440);
            edge.edge.carryOut(new LinePlan("alice", answer.line(), 1, 3, true, Optional.of("call-1"), false));
            voice.hearsSound();

            assertThat(Desk.taken(edge.desk.lines, Duration.ofSeconds(5))).contains("lost alice 3 no-media");
            assertThat(edge.edge.lineAlive(answer.line())).isFalse();
            voice.say();
            assertThat(Desk.taken(edge.desk.lines, Duration.ofSeconds(5))).contains("up alice 3");
        }
    }

    /// The agent's end of the line.
    private record Voice(DatagramSocket socket, int edgePort) {
        void say() throws IOException {
            for (var i = 0; i < 3; i++) {
                var bytes = new byte[RtpPacket.HEADER_BYTES + 160];
                RtpPacket.writeHeader(bytes, 0, i == 0, i, i * 160, 4_711);
                socket.send(new DatagramPacket(bytes, bytes.length, EdgeUnderTest.loopback(), edgePort));
                LockSupport.parkNanos(1_000_000);
            }
        }

        /// Waits for a packet that is not silence.
        void hearsSound() throws IOException {
            var end = System.nanoTime() + 5_000_000_000L;
            socket.setSoTimeout(1_000);
            while (System.nanoTime() < end) {
                var packet = new DatagramPacket(new byte[400], 400);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException _) {
                    continue;
                }
                var bytes = packet.getData();
                if (packet.getLength() == RtpPacket.HEADER_BYTES + 160
                        && bytes[RtpPacket.HEADER_BYTES] != bytes[RtpPacket.HEADER_BYTES + 5]) {
                    return;
                }
            }
            throw new AssertionError("the agent hears nothing");
        }
    }
}
