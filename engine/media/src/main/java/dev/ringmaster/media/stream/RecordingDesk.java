package dev.ringmaster.media.stream;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.RecordingPart;
import dev.ringmaster.media.Records;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.recording.Recorder;
import dev.ringmaster.media.recording.RecordingWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Begins, feeds and seals the recording of one stream, as its plan wishes.
final class RecordingDesk implements RecordingWriter.Listener {
    private final Hub hub;
    private final StreamListener listener;

    private Records wish = new Records.Nothing();
    private @Nullable Recorder recorder;
    private boolean generated;
    private String firstId = "";
    private long firstNanos;
    private int parts;

    RecordingDesk(Hub hub, StreamListener listener) {
        this.hub = hub;
        this.listener = listener;
    }

    void converge(Records wished, long nowNanos) {
        boolean same = wish instanceof Records.Into(var id, var _, var _)
                && wished instanceof Records.Into(var wishedId, var _, var _)
                && id.equals(wishedId);
        wish = wished;
        if (!same) {
            close(nowNanos);
        }
        if (!(wished instanceof Records.Into(var id, var withGenerated, var paused))) {
            return;
        }
        if (!same) {
            if (!id.equals(firstId)) {
                firstId = id;
                firstNanos = nowNanos;
                parts = 0;
            }
            recorder = hub.recordings.begin(id, ++parts, Duration.ofNanos(nowNanos - firstNanos), this, nowNanos);
        }
        generated = withGenerated;
        if (recorder != null) {
            recorder.pause(paused);
        }
    }

    /// The party speaks.
    void said(Object from, Codec law, int timestamp, byte[] bytes, int at, int length, long nowNanos) {
        if (recorder != null) {
            recorder.left(from, law, timestamp, bytes, at, length, nowNanos);
        }
    }

    /// The party hears another one.
    void heard(Object from, Codec law, int timestamp, byte[] bytes, int at, int length, long nowNanos) {
        if (recorder != null) {
            recorder.right(from, law, timestamp, bytes, at, length, nowNanos);
        }
    }

    /// The party hears a prompt, music or a tone.
    void generated(Object from, Codec law, int timestamp, byte[] bytes, int at, int length, long nowNanos) {
        if (generated) {
            heard(from, law, timestamp, bytes, at, length, nowNanos);
        }
    }

    void close(long nowNanos) {
        if (recorder != null) {
            recorder.seal(nowNanos);
            recorder = null;
        }
    }

    @Override
    public void started(RecordingPart part) {
        hub.events.tell(() -> listener.onRecordingStarted(part));
    }

    @Override
    public void sealed(RecordingPart part) {
        hub.events.tell(() -> listener.onRecordingSealed(part));
    }

    @Override
    public void failed(String recordingId, String reason) {
        hub.events.tell(() -> listener.onRecordingFailed(recordingId, reason));
    }
}
