package dev.ringmaster.telephony.base;

import dev.ringmaster.media.Codec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator decides about one edge's signalling.
///
/// @param node name of the node
/// @param startedAt milliseconds of the process start: with the name it is the incarnation
/// @param bindAddress where SIP listens, UDP and TCP
/// @param publicAddress what peers are told instead of the bound address, behind a NAT
/// @param sessionInterval how long a session may go unrefreshed (RFC 4028): shorter finds dead peers sooner, and sends
/// more
/// @param minSessionInterval below this a caller's wish is answered 422
/// @param mediaTimeout silence of a party after which it is reported
/// @param maxCalls legs on this edge; above it an INVITE gets 503
/// @param lineCodecs what agents' browsers are offered, the best first
/// @param testLines whether test agents of this machine may have a line in plain RTP; for load and tests only
/// @param recording false records nothing whatever plans say; for load only
public record EdgeConfig(
        String node,
        long startedAt,
        InetAddress bindAddress,
        int port,
        @Nullable InetAddress publicAddress,
        Duration sessionInterval,
        Duration minSessionInterval,
        Duration mediaTimeout,
        int maxCalls,
        List<Codec> lineCodecs,
        boolean testLines,
        boolean recording) {
    public EdgeConfig {
        lineCodecs = List.copyOf(lineCodecs);
        if (lineCodecs.isEmpty()) {
            throw new IllegalArgumentException("lineCodecs: at least one of PCMA, PCMU");
        }
        if (bindAddress.isAnyLocalAddress() && publicAddress == null) {
            throw new IllegalArgumentException(
                    "SIP listens on every address: say which one peers are told (publicAddress)");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port %d: 1 to 65535".formatted(port));
        }
        if (minSessionInterval.compareTo(sessionInterval) > 0) {
            throw new IllegalArgumentException("minSessionInterval is longer than sessionInterval");
        }
    }

    /// The usual settings: 30 min sessions, 20 s of silence, 4,000 legs.
    public static EdgeConfig on(String node, long startedAt, InetAddress bindAddress, int port) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                null,
                Duration.ofMinutes(30),
                Duration.ofSeconds(90),
                Duration.ofSeconds(20),
                4_000,
                List.of(Codec.PCMA, Codec.PCMU),
                false,
                true);
    }

    public EdgeConfig withPublicAddress(@Nullable InetAddress address) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                address,
                sessionInterval,
                minSessionInterval,
                mediaTimeout,
                maxCalls,
                lineCodecs,
                testLines,
                recording);
    }

    public EdgeConfig withSessions(Duration interval, Duration min) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                publicAddress,
                interval,
                min,
                mediaTimeout,
                maxCalls,
                lineCodecs,
                testLines,
                recording);
    }

    public EdgeConfig withMediaTimeout(Duration silence) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                publicAddress,
                sessionInterval,
                minSessionInterval,
                silence,
                maxCalls,
                lineCodecs,
                testLines,
                recording);
    }

    public EdgeConfig withMaxCalls(int legs) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                publicAddress,
                sessionInterval,
                minSessionInterval,
                mediaTimeout,
                legs,
                lineCodecs,
                testLines,
                recording);
    }

    /// Lets test agents of this machine have lines in plain RTP.
    public EdgeConfig withTestLines(boolean allowed) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                publicAddress,
                sessionInterval,
                minSessionInterval,
                mediaTimeout,
                maxCalls,
                lineCodecs,
                allowed,
                recording);
    }

    /// Records what plans say, or nothing at all.
    public EdgeConfig withRecording(boolean on) {
        return new EdgeConfig(
                node,
                startedAt,
                bindAddress,
                port,
                publicAddress,
                sessionInterval,
                minSessionInterval,
                mediaTimeout,
                maxCalls,
                lineCodecs,
                testLines,
                on);
    }

    /// `edge1#1763832000123`.
    public String incarnation() {
        return node + "#" + startedAt;
    }

    /// The address in Via and Contact.
    public InetAddress advertisedAddress() {
        return publicAddress == null ? bindAddress : publicAddress;
    }
}
