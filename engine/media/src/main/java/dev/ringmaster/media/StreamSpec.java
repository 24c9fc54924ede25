package dev.ringmaster.media;

import java.time.Duration;
import java.util.Objects;

/// What a stream is from its first to its last packet.
///
/// @param id unique on the node while the stream is open; other streams name it in [Hears.Bridge]
/// @param key streams of one key share a shard, so that sound between them crosses no thread; the call's id
/// @param mediaTimeout silence (no RTP at all) after which [StreamListener#onMediaTimeout] is told; zero = never
public record StreamSpec(String id, String key, Duration mediaTimeout) {
    public StreamSpec {
        Objects.requireNonNull(id);
        Objects.requireNonNull(key);
        if (mediaTimeout.isNegative()) {
            throw new IllegalArgumentException("mediaTimeout is negative");
        }
    }
}
