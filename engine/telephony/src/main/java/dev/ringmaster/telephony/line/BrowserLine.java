package dev.ringmaster.telephony.line;

import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.media.SecureListener;
import dev.ringmaster.media.SecureState;
import dev.ringmaster.media.SecureStream;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.telephony.webrtc.BrowserAnswer;
import dev.ringmaster.telephony.webrtc.BrowserOffer;
import java.time.Duration;

/// A line to a browser: WebRTC, standing while she is on duty.
final class BrowserLine implements AgentLine {
    private final LineRef ref;
    private final String agentId;
    private final long fence;
    private final SecureStream stream;

    BrowserLine(LineRef ref, String agentId, long fence, MediaEngine media, SecureListener listener) {
        this.ref = ref;
        this.agentId = agentId;
        this.fence = fence;
        // Its liveness are ICE checks: a muted microphone is no media timeout.
        stream = media.openSecure(new StreamSpec(ref.lineId(), agentId, Duration.ZERO), listener);
    }

    /// Takes an offer, the first or a later one of the same page; the line stays the same.
    String answer(BrowserOffer offer, MediaEngine media) {
        var credentials = stream.remote(offer.remote());
        return BrowserAnswer.write(
                offer, credentials, media.certificateFingerprint(), stream.ssrc(), media.webRtcAddress());
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
        return stream.state() == SecureState.CONNECTED;
    }

    @Override
    public void apply(AudioPlan plan) {
        stream.apply(plan);
    }

    @Override
    public void close() {
        stream.close();
    }
}
