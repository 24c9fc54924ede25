package dev.ringmaster.media.node;

import dev.ringmaster.media.MediaConfig;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.media.MediaHealth;
import dev.ringmaster.media.MediaStream;
import dev.ringmaster.media.Recordings;
import dev.ringmaster.media.RtpStream;
import dev.ringmaster.media.SecureListener;
import dev.ringmaster.media.SecureStream;
import dev.ringmaster.media.Sounds;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.media.dtls.DtlsIdentity;
import dev.ringmaster.media.prompt.SoundBank;
import dev.ringmaster.media.recording.RecordingWriter;
import dev.ringmaster.media.shard.Events;
import dev.ringmaster.media.shard.Shard;
import dev.ringmaster.media.srtp.SrtpSession;
import dev.ringmaster.media.stream.Hub;
import dev.ringmaster.media.stream.LiveStream;
import dev.ringmaster.media.stream.PlainLeg;
import dev.ringmaster.media.webrtc.BrowserLine;
import dev.ringmaster.media.webrtc.WebPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine: shards, ports, sounds and recordings of one node.
public final class ShardedMedia implements MediaEngine {
    private static final Logger LOG = LoggerFactory.getLogger(ShardedMedia.class);
    /// What the kernel keeps of all lines together while the shard is busy.
    private static final int WEB_BUFFER_BYTES = 4 << 20;

    private final MediaConfig config;
    private final List<Shard> shards;
    private final PortRange ports;
    private final Events events = new Events();
    private final SoundBank sounds;
    private final RecordingWriter recordings;
    private final Hub hub;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final WebPort webPort;
    private final InetSocketAddress webRtcAddress;

    private ShardedMedia(MediaConfig config) throws IOException {
        this.config = config;
        ports = new PortRange(config.bindAddress(), config.firstPort(), config.lastPort());
        sounds = new SoundBank(config.soundSource());
        recordings = new RecordingWriter(config.recordings());
        hub = new Hub(
                sounds,
                recordings,
                events,
                config.qualityEvery(),
                UUID.randomUUID().toString());
        var all = new ArrayList<Shard>();
        for (int i = 0; i < config.shards(); i++) {
            all.add(new Shard(i));
        }
        shards = List.copyOf(all);
        webPort = new WebPort(ports.single(WEB_BUFFER_BYTES), shards.getFirst());
        webRtcAddress = new InetSocketAddress(config.advertisedAddress(), webPort.port());
    }

    public static ShardedMedia start(MediaConfig config) throws IOException {
        // most of a second of class loading, beside the rest of the start; never on a shard
        Thread.ofPlatform().name("media-warm-up").daemon().start(ShardedMedia::warmUp);
        var media = new ShardedMedia(config);
        media.events.start();
        media.recordings.start();
        media.shards.forEach(Shard::start);
        media.webPort.open();
        return media;
    }

    @Override
    public Optional<RtpStream> openRtp(StreamSpec spec, StreamListener listener) {
        return ports.pair().map(pair -> {
            var advertised = new InetSocketAddress(config.advertisedAddress(), pair.port());
            var leg = new PlainLeg(spec, listener, hub, shardOf(spec), pair, advertised);
            try {
                hub.enter(leg);
            } catch (IllegalArgumentException taken) {
                pair.close();
                throw taken;
            }
            leg.open();
            return leg;
        });
    }

    @Override
    public SecureStream openSecure(StreamSpec spec, SecureListener listener) {
        var line = new BrowserLine(spec, listener, hub, shards.getFirst(), webPort, identity);
        hub.enter(line);
        line.open();
        return line;
    }

    @Override
    public String certificateFingerprint() {
        return identity.fingerprint();
    }

    @Override
    public InetSocketAddress webRtcAddress() {
        return webRtcAddress;
    }

    @Override
    public Optional<MediaStream> stream(String id) {
        return Optional.ofNullable(hub.find(id)).map(LiveStream::handle);
    }

    @Override
    public Sounds sounds() {
        return sounds;
    }

    @Override
    public Recordings recordings() {
        return recordings;
    }

    @Override
    public MediaHealth health() {
        return new MediaHealth(
                hub.size(),
                ports.freePairs(),
                worst(shards.stream().map(Shard::latenessP99).toList()),
                worst(shards.stream().map(Shard::latenessStanding).toList()),
                worst(shards.stream().map(Shard::latenessMax).toList()),
                shards.stream().mapToLong(Shard::droppedForwards).sum(),
                recordings.dropped(),
                events.dropped(),
                shards.stream().mapToLong(Shard::faults).sum());
    }

    @Override
    public void close() {
        List.copyOf(hub.all()).forEach(LiveStream::close);
        shards.forEach(Shard::close);
        try {
            webPort.close();
        } catch (IOException fault) {
            LOG.debug("the WebRTC port did not close", fault);
        }
        recordings.close();
        events.close();
    }

    private static void warmUp() {
        try {
            SrtpSession.warmUp();
        } catch (GeneralSecurityException | RuntimeException | LinkageError fault) {
            LOG.error("SRTP does not work on this machine: browsers will not connect", fault);
        }
    }

    private Shard shardOf(StreamSpec spec) {
        return shards.get(Math.floorMod(spec.key().hashCode(), shards.size()));
    }

    private static Duration worst(List<Duration> all) {
        return all.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
