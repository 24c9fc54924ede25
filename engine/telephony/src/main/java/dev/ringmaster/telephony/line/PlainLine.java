package dev.ringmaster.telephony.line;

import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.Codec;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.media.RtpStream;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.telephony.sdp.LocalAudio;
import dev.ringmaster.telephony.sdp.PeerAudio;
import dev.ringmaster.telephony.sdp.Sdp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A line to a test agent of this machine: plain RTP, nothing encrypted, nobody proved. For load and tests; taken only
/// where [dev.ringmaster.telephony.base.EdgeConfig#testLines] allows it.
final class PlainLine implements AgentLine {
    /// What a plain line tells; on the media's event thread.
    interface Listener {
        void onSound();

        void onSilence();
    }

    /// An offer of RTP/AVP from this machine.
    record Offer(Sdp sdp, PeerAudio audio) {
        /// @return empty when it is no such offer: then it is read as a browser's
        static Optional<Offer> read(String text, List<Codec> preference) {
            return Sdp.parse(text)
                    .flatMap(sdp -> PeerAudio.choose(sdp, preference)
                            .filter(audio -> audio.rtp().getAddress().isLoopbackAddress())
                            .map(audio -> new Offer(sdp, audio)));
        }
    }

    private final LineRef ref;
    private final String agentId;
    private final long fence;
    private final Listener listener;
    private final RtpStream stream;
    private final LocalAudio local;
    private volatile boolean alive;

    /// @param silence after which the line of an agent who said that she sends is lost
    PlainLine(LineRef ref, String agentId, long fence, MediaEngine media, Duration silence, Listener listener) {
        this.ref = ref;
        this.agentId = agentId;
        this.fence = fence;
        this.listener = listener;
        stream = media.openRtp(new StreamSpec(ref.lineId(), agentId, silence), new FromMedia())
                .orElseThrow(() -> new IllegalArgumentException("No media port is free."));
        local = LocalAudio.begin(stream.ssrc());
    }

    /// Takes an offer, the first or a later one. An agent who only listens is up at once, another one with her first
    /// packet.
    String answer(Offer offer) {
        stream.remote(offer.audio().remote());
        if (!offer.audio().direction().sends()) {
            alive = true;
            listener.onSound();
        }
        return local.answer(stream.advertised(), offer.sdp(), offer.audio());
    }

    @Override
    public LineRef ref() {
        return ref;
    }

    @Override
    public String agentId() {
        return agentId;
    }

    @Override
    public long fence() {
        return fence;
    }

    @Override
    public String streamId() {
        return stream.id();
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public void apply(AudioPlan plan) {
        stream.apply(plan);
    }

    @Override
    public void close() {
        stream.close();
    }

    private final class FromMedia implements StreamListener {
        @Override
        public void onFirstPacket() {
            alive = true;
            listener.onSound();
        }

        @Override
        public void onMediaTimeout(Duration silence) {
            alive = false;
            listener.onSilence();
        }

        @Override
        public void onMediaBack() {
            alive = true;
            listener.onSound();
        }
    }
}
