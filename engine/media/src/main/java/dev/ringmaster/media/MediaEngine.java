package dev.ringmaster.media;

import dev.ringmaster.media.node.ShardedMedia;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The media plane of one node: a few platform threads (shards) that own every socket, pace every generated packet
/// and forward every received one. Nothing here waits for an actor, and nothing a peer sends can stop it.
///
/// All methods may be called from any thread and return at once; what they ask for is done on the stream's shard.
/// Calls for one stream made by one thread are carried out in their order.
public interface MediaEngine extends AutoCloseable {
    /// Starts the shards and opens the one WebRTC port. Blocks for up to a second: certificate, tones, ports.
    ///
    /// @throws IOException when no port of the range can be bound or the folder of recordings cannot be written
    static MediaEngine start(MediaConfig config) throws IOException {
        return ShardedMedia.start(config);
    }

    /// Opens a telephone leg: a pair of UDP ports (RTP even, RTCP the next) of the range.
    ///
    /// @return empty when no pair is free: the caller is to be refused, a stream is never half open
    /// @throws IllegalArgumentException when a stream of that id is open
    Optional<RtpStream> openRtp(StreamSpec spec, StreamListener listener);

    /// Opens a browser's line on the node's one WebRTC port: ICE-lite, DTLS-SRTP, RTCP multiplexed.
    ///
    /// @throws IllegalArgumentException when a stream of that id is open
    SecureStream openSecure(StreamSpec spec, SecureListener listener);

    /// The stream of that id, while it is open.
    Optional<MediaStream> stream(String id);

    /// Sounds by name, decoded once and shared by all streams.
    Sounds sounds();

    /// Files of recordings: what a crash left behind, and how to seal it.
    Recordings recordings();

    /// `sha-256 AB:CD:…` of the certificate of this process: the `a=fingerprint` of every answer to a browser.
    String certificateFingerprint();

    /// The address browsers are told (the one host candidate): the public address where one is set, and the WebRTC
    /// port.
    InetSocketAddress webRtcAddress();

    /// How well this node keeps time, and what it had to drop: for metrics and for refusing new calls.
    MediaHealth health();

    /// Closes every stream (recordings are sealed) and ends the threads.
    @Override
    void close();
}
