package dev.ringmaster.telephony;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.media.MediaConfig;
import dev.ringmaster.media.node.ShardedMedia;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.tenant.Trunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// An edge on free loopback ports with real media and a scripted engine.
final class EdgeUnderTest implements AutoCloseable {
    static final String TRUNK = "loopback";
    private static final AtomicLong STARTS = new AtomicLong(1_000);

    final int port;
    final Desk desk = new Desk();
    final ShardedMedia media;
    final Edge edge;
    final Path recordings;
    private final AtomicLong version = new AtomicLong();

    EdgeUnderTest() {
        this(config -> config);
    }

    EdgeUnderTest(UnaryOperator<EdgeConfig> settings) {
        this(settings, freePort());
    }

    EdgeUnderTest(UnaryOperator<EdgeConfig> settings, int sipPort) {
        port = sipPort;
        try {
            recordings = Files.createTempDirectory("edge-recordings");
            var mediaPort = freePort() & ~1;
            media = ShardedMedia.start(MediaConfig.on(
                            loopback(), Math.min(mediaPort, 65_000), Math.min(mediaPort, 65_000) + 200, recordings)
                    .withQualityEvery(Duration.ofMillis(500)));
            edge = Edge.start(
                    settings.apply(EdgeConfig.on("edge-" + port, STARTS.incrementAndGet(), loopback(), port)), media);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        edge.listen(desk);
        trust(trunk("127.0.0.1:9", 100, "RFC4733", "127.0.0.0/8"));
    }

    void trust(Trunk... trunks) {
        edge.trunks(List.of(trunks));
    }

    static Trunk trunk(String peer, int maxCalls, String dtmf, String trusted) {
        return new Trunk(
                TRUNK, "ccc_test", "loopback", peer, List.of(trusted), List.of("PCMA", "PCMU"), maxCalls, dtmf, 1);
    }

    /// Sends outbound calls there.
    void peer(int peerPort) {
        trust(trunk("127.0.0.1:" + peerPort, 100, "RFC4733", "127.0.0.0/8"));
    }

    CallPlan.LegPlan leg(String legId, Signal signal, Hears hears) {
        return new CallPlan.LegPlan(legId, edge.edge(), signal, hears, Optional.empty(), Optional.empty(), List.of());
    }

    CallPlan.LegPlan leg(String legId, Signal signal, SipDialog dialog) {
        return new CallPlan.LegPlan(
                legId, edge.edge(), signal, new Hears.Silence(), Optional.of(dialog), Optional.empty(), List.of());
    }

    static CallPlan.LegPlan withDigits(CallPlan.LegPlan leg, String id, String keys) {
        return new CallPlan.LegPlan(
                leg.legId(),
                leg.edge(),
                leg.signal(),
                leg.hears(),
                leg.dialog(),
                leg.recording(),
                List.of(new CallPlan.Digits(id, new Said(keys))));
    }

    void plan(String callId, CallPlan.LegPlan... legs) {
        plan(callId, Optional.empty(), legs);
    }

    void plan(String callId, Optional<CallPlan.LinePart> line, CallPlan.LegPlan... legs) {
        edge.carryOut(new CallPlan(callId, "ccc_test", version.incrementAndGet(), List.of(legs), line));
    }

    Signal.Invite invite(String to, Duration ringFor) {
        return new Signal.Invite(
                TRUNK, new PhoneNumber(to), new PhoneNumber("057100000001"), ringFor, Duration.ofSeconds(10));
    }

    long count(String name) {
        return edge.counters().getOrDefault(name, 0L);
    }

    static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    /// Free for UDP and TCP when it was looked at.
    static int freePort() {
        for (var attempt = 0; attempt < 50; attempt++) {
            try (var tcp = new ServerSocket(0, 1, loopback());
                    var udp = new DatagramSocket(tcp.getLocalPort(), loopback())) {
                return udp.getLocalPort();
            } catch (IOException _) {
                // taken for UDP: another
            }
        }
        throw new AssertionError("no free port");
    }

    @Override
    public void close() {
        edge.close();
        media.close();
    }
}
