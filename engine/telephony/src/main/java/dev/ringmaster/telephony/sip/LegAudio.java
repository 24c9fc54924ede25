package dev.ringmaster.telephony.sip;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.Codec;
import dev.ringmaster.media.Quality;
import dev.ringmaster.media.RecordingPart;
import dev.ringmaster.media.Records;
import dev.ringmaster.media.RtpStream;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.telephony.sdp.LocalAudio;
import dev.ringmaster.telephony.sdp.PeerAudio;
import dev.ringmaster.telephony.sdp.Sdp;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sound of one SIP leg: its RTP stream, both sides' descriptions, and what is told of it as facts.
final class LegAudio {
    /// A closed stream's last report is here within a millisecond or two; longer nobody waits for it.
    private static final Duration LAST_REPORT = Duration.ofMillis(50);

    private final Surroundings around;
    private final String legId;
    private final Consumer<LegFact> facts;
    private final List<Codec> codecs;
    private final LocalAudio local;
    private final Map<String, Long> recordingBegan = new HashMap<>();
    private final Map<String, Duration> partOffsets = new HashMap<>();
    private @Nullable RtpStream stream;
    private @Nullable PeerAudio peer;
    private String remoteSdp = "";
    private @Nullable AudioPlan plan;
    private boolean closed;
    private boolean reported;
    private boolean summed;
    private final List<Runnable> settled = new ArrayList<>();
    private long received;
    private long lost;
    private long jitterMs;
    private long rttMs;

    LegAudio(Surroundings around, String legId, List<Codec> codecs, LocalAudio local, Consumer<LegFact> facts) {
        this.around = around;
        this.legId = legId;
        this.codecs = codecs;
        this.local = local;
        this.facts = facts;
    }

    /// Takes a pair of ports.
    ///
    /// @param key streams of one key share a media thread: the call's id
    /// @return false when no port is free
    boolean open(String key) {
        if (stream != null) {
            return true;
        }
        var spec = new StreamSpec(legId, key, around.config().mediaTimeout());
        stream = around.media().openRtp(spec, new FromMedia()).orElse(null);
        if (stream != null && plan != null) {
            stream.apply(plan);
        }
        return stream != null;
    }

    private RtpStream opened() {
        if (stream == null) {
            throw new IllegalStateException("the audio of leg " + legId + " is not open");
        }
        return stream;
    }

    String offer() {
        return local.offer(opened().advertised(), preference());
    }

    /// Answers an offer and begins to send as it says.
    ///
    /// @return empty when nothing in it can be used: 488, and everything stays as it was
    Optional<String> answer(String offer) {
        var sdp = Sdp.parse(offer);
        var chosen = sdp.flatMap(s -> PeerAudio.choose(s, preference()));
        if (sdp.isEmpty() || chosen.isEmpty()) {
            return Optional.empty();
        }
        use(offer, chosen.get());
        return Optional.of(local.answer(opened().advertised(), sdp.get(), chosen.get()));
    }

    /// Takes the answer to our offer; false when it cannot be used.
    boolean accept(String answer) {
        var chosen = Sdp.parse(answer).flatMap(s -> PeerAudio.choose(s, preference()));
        chosen.ifPresent(audio -> use(answer, audio));
        return chosen.isPresent();
    }

    private void use(String sdp, PeerAudio audio) {
        remoteSdp = sdp;
        peer = audio;
        opened().remote(audio.remote());
    }

    /// A codec once agreed is kept while the peer offers it.
    private List<Codec> preference() {
        if (peer == null) {
            return codecs;
        }
        var order = new ArrayList<>(codecs);
        order.remove(peer.codec());
        order.addFirst(peer.codec());
        return order;
    }

    void apply(AudioPlan wish) {
        plan = around.config().recording() ? wish : wish.recording(new Records.Nothing());
        if (stream != null && !closed) {
            stream.apply(plan);
        }
    }

    void sendDigits(String keys) {
        if (stream != null && !closed) {
            stream.sendDigits(keys);
        }
    }

    /// The sound stops at once; a recording is sealed.
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (stream == null) {
            reported = true;
        } else {
            stream.close();
        }
    }

    /// Closes, and tells the sum of the leg's quality right before `then`, so that one write of the call keeps both.
    void settle(Runnable then) {
        close();
        settled.add(then);
        if (reported) {
            tellAll();
        } else {
            around.loop().after(LAST_REPORT, this::reported);
        }
    }

    private void reported() {
        reported = true;
        tellAll();
    }

    private void tellAll() {
        if (settled.isEmpty()) {
            return;
        }
        if (stream != null && !summed) {
            summed = true;
            facts.accept(new LegFact.Quality(received, lost, (int) jitterMs, (int) rttMs));
        }
        var now = List.copyOf(settled);
        settled.clear();
        now.forEach(Runnable::run);
    }

    String localSdp() {
        return local.last();
    }

    String remoteSdp() {
        return remoteSdp;
    }

    int localPort() {
        return stream == null ? 0 : stream.localPort();
    }

    private final class FromMedia implements StreamListener {
        private void onLoop(Runnable task) {
            around.loop().run(task);
        }

        @Override
        public void onDigit(char digit, Duration pressed) {
            onLoop(() -> facts.accept(new LegFact.Digit(new Said(String.valueOf(digit)))));
        }

        @Override
        public void onPromptEnded(long generation, Duration played, boolean whole) {
            onLoop(() -> facts.accept(new LegFact.PromptEnded(generation, played, whole)));
        }

        @Override
        public void onMediaTimeout(Duration silence) {
            onLoop(() -> facts.accept(new LegFact.MediaTimeout(silence)));
        }

        @Override
        public void onQuality(Quality quality) {
            onLoop(() -> {
                received += quality.received();
                lost += quality.lost();
                jitterMs = Math.max(jitterMs, quality.jitter().toMillis());
                quality.rtt().ifPresent(rtt -> rttMs = Math.max(rttMs, rtt.toMillis()));
            });
        }

        @Override
        public void onClosed() {
            onLoop(LegAudio.this::reported);
        }

        @Override
        public void onRecordingStarted(RecordingPart part) {
            var now = System.nanoTime();
            onLoop(() -> {
                var began = recordingBegan.computeIfAbsent(part.recordingId(), _ -> now);
                partOffsets.put(part.recordingId() + "." + part.number(), Duration.ofNanos(now - began));
            });
        }

        @Override
        public void onRecordingSealed(RecordingPart part) {
            onLoop(() -> {
                var offset = partOffsets.getOrDefault(part.recordingId() + "." + part.number(), Duration.ZERO);
                var name = String.valueOf(part.file().getFileName());
                facts.accept(new LegFact.RecordingSealed(
                        part.recordingId(), name, offset, part.length(), LegAudio.size(part)));
            });
        }
    }

    private static long size(RecordingPart part) {
        try {
            return Files.size(part.file());
        } catch (IOException _) {
            return 0; // it has been taken away already
        }
    }
}
