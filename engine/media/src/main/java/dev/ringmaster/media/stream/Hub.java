package dev.ringmaster.media.stream;

import dev.ringmaster.media.prompt.SoundBank;
import dev.ringmaster.media.recording.RecordingWriter;
import dev.ringmaster.media.shard.Events;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What all streams of a node share, and where they find each other.
public final class Hub {
    final SoundBank sounds;
    final RecordingWriter recordings;
    final Events events;
    final long qualityNanos;
    /// Our name in RTCP: one party, many streams.
    final String canonicalName;

    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();

    public Hub(
            SoundBank sounds, RecordingWriter recordings, Events events, Duration qualityEvery, String canonicalName) {
        this.sounds = sounds;
        this.recordings = recordings;
        this.events = events;
        this.qualityNanos = qualityEvery.toNanos();
        this.canonicalName = canonicalName;
    }

    public @Nullable LiveStream find(String id) {
        return streams.get(id);
    }

    /// @throws IllegalArgumentException when that id is taken
    public void enter(LiveStream stream) {
        if (streams.putIfAbsent(stream.id(), stream) != null) {
            throw new IllegalArgumentException("a stream " + stream.id() + " is open");
        }
    }

    public void leave(LiveStream stream) {
        streams.remove(stream.id(), stream);
    }

    public Collection<LiveStream> all() {
        return streams.values();
    }

    public int size() {
        return streams.size();
    }
}
