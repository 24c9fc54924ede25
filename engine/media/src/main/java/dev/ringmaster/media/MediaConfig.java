package dev.ringmaster.media;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an operator decides about media on one node.
///
/// @param bindAddress the address sockets are bound to
/// @param firstPort the first port of the range for RTP, RTCP and WebRTC
/// @param lastPort the last port of that range, inclusive; a leg takes two, all browser lines together one
/// @param publicAddress what peers and browsers are told instead of the bound address, behind a NAT
/// @param shards platform threads; more than half the cores only adds context switches
/// @param recordings the folder that recordings are written to
/// @param soundSource where sounds come from that nobody has put into [Sounds] before
/// @param qualityEvery how often each stream reports its quality
public record MediaConfig(
        InetAddress bindAddress,
        int firstPort,
        int lastPort,
        @Nullable InetAddress publicAddress,
        int shards,
        Path recordings,
        SoundSource soundSource,
        Duration qualityEvery) {

    public MediaConfig {
        Objects.requireNonNull(bindAddress);
        Objects.requireNonNull(recordings);
        Objects.requireNonNull(soundSource);
        if (bindAddress.isAnyLocalAddress() && publicAddress == null) {
            throw new IllegalArgumentException("bound to all addresses: a public one must say which peers shall use");
        }
        if (firstPort < 1 || lastPort > 65_535 || lastPort - firstPort < 2) {
            throw new IllegalArgumentException(
                    "ports %d-%d: a range needs at least three ports within 1-65535".formatted(firstPort, lastPort));
        }
        if (shards < 1 || shards > 64) {
            throw new IllegalArgumentException("shards %d: 1 to 64".formatted(shards));
        }
        if (qualityEvery.toMillis() < 100) {
            throw new IllegalArgumentException("qualityEvery " + qualityEvery + ": at least 100 ms");
        }
    }

    /// A node with the usual settings: half the cores as shards, quality every 5 s, only built-in sounds.
    public static MediaConfig on(InetAddress bindAddress, int firstPort, int lastPort, Path recordings) {
        return new MediaConfig(
                bindAddress,
                firstPort,
                lastPort,
                null,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                recordings,
                SoundSource.NONE,
                Duration.ofSeconds(5));
    }

    public MediaConfig withPublicAddress(@Nullable InetAddress address) {
        return new MediaConfig(
                bindAddress, firstPort, lastPort, address, shards, recordings, soundSource, qualityEvery);
    }

    public MediaConfig withShards(int count) {
        return new MediaConfig(
                bindAddress, firstPort, lastPort, publicAddress, count, recordings, soundSource, qualityEvery);
    }

    public MediaConfig withSounds(SoundSource source) {
        return new MediaConfig(
                bindAddress, firstPort, lastPort, publicAddress, shards, recordings, source, qualityEvery);
    }

    public MediaConfig withQualityEvery(Duration every) {
        return new MediaConfig(bindAddress, firstPort, lastPort, publicAddress, shards, recordings, soundSource, every);
    }

    /// The address that goes into SDP.
    public InetAddress advertisedAddress() {
        return publicAddress == null ? bindAddress : publicAddress;
    }
}
