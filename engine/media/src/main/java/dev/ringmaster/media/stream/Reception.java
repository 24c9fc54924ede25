package dev.ringmaster.media.stream;

import dev.ringmaster.media.Quality;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.media.dtmf.KeyReceiver;
import dev.ringmaster.media.rtp.ReceiveStats;
import dev.ringmaster.media.rtp.Rtcp;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.rtp.SendTrack;
import java.time.Duration;

/// Counts what came and went on one stream: RTCP, quality reports, the first packet and the media timeout.
final class Reception {
    private static final long REPORT_EVERY_NANOS = 5_000_000_000L;
    /// We look once a second: half of that early is on time.
    private static final long EARLY_NANOS = 500_000_000L;

    private final SendTrack track;
    private final Hub hub;
    private final StreamSpec spec;
    private final StreamListener listener;
    private final ReceiveStats stats = new ReceiveStats();
    private final Rtcp rtcp;

    private boolean heardOnce;
    private boolean expecting;
    private boolean timedOut;
    private long lastNanos;
    private long received;
    private long sent;
    private long sentOctets;
    private long refused;

    private long reportedNanos;
    private long sentAtReport;
    private long qualityNanos;
    private long receivedAtQuality;
    private long sentAtQuality;
    private long refusedAtQuality;
    private long expectedAtQuality;
    private long countedAtQuality;
    private int ssrcAtQuality;

    Reception(SendTrack track, Hub hub, StreamSpec spec, StreamListener listener) {
        this.track = track;
        this.hub = hub;
        this.spec = spec;
        this.listener = listener;
        rtcp = new Rtcp(track.ssrc(), hub.canonicalName);
        qualityNanos = System.nanoTime();
        reportedNanos = qualityNanos;
    }

    /// @return whether the packet is to be used
    boolean take(RtpPacket rtp, long nowNanos, KeyReceiver keys) {
        if (stats.hasStarted() && stats.ssrc() != rtp.ssrc()) {
            keys.forget();
        }
        if (!stats.take(rtp.ssrc(), rtp.sequence(), rtp.timestamp(), nowNanos)) {
            return false;
        }
        received++;
        lastNanos = nowNanos;
        if (!heardOnce) {
            heardOnce = true;
            hub.events.tell(listener::onFirstPacket);
        }
        if (timedOut) {
            timedOut = false;
            hub.events.tell(listener::onMediaBack);
        }
        return true;
    }

    void control(byte[] in, int length, long nowNanos) {
        if (!rtcp.read(in, length, nowNanos)) {
            refused++;
        }
    }

    void sent(int octets) {
        sent++;
        sentOctets += octets;
    }

    void refuse() {
        refused++;
    }

    void everySecond(long nowNanos, boolean expects) {
        watch(nowNanos, expects);
        if (nowNanos - qualityNanos >= hub.qualityNanos - EARLY_NANOS) {
            tellQuality();
            qualityNanos = nowNanos;
        }
    }

    /// Writes a report when one is due.
    ///
    /// @return its length, 0 when none is due
    int report(byte[] out, long nowNanos) {
        if (nowNanos - reportedNanos < REPORT_EVERY_NANOS - EARLY_NANOS) {
            return 0;
        }
        reportedNanos = nowNanos;
        boolean sending = sent > sentAtReport;
        sentAtReport = sent;
        return rtcp.write(out, sending, track, sent, sentOctets, stats, nowNanos);
    }

    int goodbye(byte[] out) {
        return rtcp.writeBye(out);
    }

    private void watch(long nowNanos, boolean expects) {
        if (expects && !expecting) {
            lastNanos = nowNanos;
            timedOut = false;
        }
        expecting = expects;
        long limit = spec.mediaTimeout().toNanos();
        if (expects && !timedOut && limit > 0 && nowNanos - lastNanos >= limit) {
            timedOut = true;
            var silence = Duration.ofNanos(nowNanos - lastNanos);
            hub.events.tell(() -> listener.onMediaTimeout(silence));
        }
    }

    /// What was since the last report.
    void tellQuality() {
        if (stats.ssrc() != ssrcAtQuality || stats.received() < countedAtQuality) {
            ssrcAtQuality = stats.ssrc();
            expectedAtQuality = 0;
            countedAtQuality = 0;
        }
        long lost = stats.expected() - expectedAtQuality - (stats.received() - countedAtQuality);
        var quality = new Quality(
                received - receivedAtQuality,
                Math.max(0, lost),
                Duration.ofNanos(stats.jitterSamples() * 125_000L),
                sent - sentAtQuality,
                rtcp.roundTripNanos() < 0 ? null : Duration.ofNanos(rtcp.roundTripNanos()),
                rtcp.reported() ? rtcp.remoteLost() : null,
                refused - refusedAtQuality);
        receivedAtQuality = received;
        sentAtQuality = sent;
        refusedAtQuality = refused;
        expectedAtQuality = stats.expected();
        countedAtQuality = stats.received();
        hub.events.tellIfQuiet(() -> listener.onQuality(quality));
    }
}
