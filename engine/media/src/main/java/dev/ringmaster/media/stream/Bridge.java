package dev.ringmaster.media.stream;

import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.shard.Shard;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Who hears whom: the stream that this one listens to, and those that listen to this one.
///
/// A voice goes to a listener of the same shard at once, to another one through its shard's ring. Each side of a
/// bridge is changed only on its own shard.
final class Bridge {
    private static final LiveStream[] NOBODY = {};

    private final LiveStream owner;
    private final Hub hub;
    private final Shard shard;
    private @Nullable LiveStream source;
    private LiveStream[] listeners = NOBODY;

    Bridge(LiveStream owner, Hub hub, Shard shard) {
        this.owner = owner;
        this.hub = hub;
        this.shard = shard;
    }

    /// Keeps the bridge what the plan says: also when the other stream opens later, closes, or comes again.
    ///
    /// @param wished the id of the stream to listen to
    void find(@Nullable String wished) {
        var now = source;
        if (now != null && !now.isClosed() && now.id().equals(wished)) {
            return;
        }
        if (now != null) {
            now.shard.here(() -> now.bridge().remove(owner));
            source = null;
        }
        var found = wished == null ? null : hub.find(wished);
        if (found != null && !found.isClosed() && !found.equals(owner)) {
            source = found;
            found.shard.here(() -> found.bridge().add(owner));
        }
    }

    boolean isFrom(LiveStream stream) {
        return stream.equals(source);
    }

    /// Passes on what the owner said; the packet is in [Shard#in].
    void pass(int kind, int samples, RtpPacket rtp, int length, long nowNanos) {
        for (var listener : listeners) {
            if (listener.shard.equals(shard)) {
                listener.hear(
                        owner,
                        kind,
                        samples,
                        rtp.marker(),
                        rtp.sequence(),
                        rtp.timestamp(),
                        shard.in,
                        rtp.payloadAt(),
                        length,
                        nowNanos);
                continue;
            }
            var slot = listener.shard.claimForward();
            if (slot != null) {
                slot.target = listener;
                slot.source = owner;
                slot.kind = kind;
                slot.samples = samples;
                slot.marker = rtp.marker();
                slot.sequence = rtp.sequence();
                slot.timestamp = rtp.timestamp();
                slot.when = nowNanos;
                slot.fill(shard.in, rtp.payloadAt(), length);
                listener.shard.publishForward(slot);
            }
        }
    }

    void close() {
        find(null);
        listeners = NOBODY;
    }

    private void add(LiveStream listener) {
        if (!owner.isClosed() && Arrays.stream(listeners).noneMatch(listener::equals)) {
            listeners = Arrays.copyOf(listeners, listeners.length + 1);
            listeners[listeners.length - 1] = listener;
        }
    }

    private void remove(LiveStream listener) {
        listeners = Arrays.stream(listeners)
                .filter(known -> !known.equals(listener))
                .toArray(LiveStream[]::new);
    }
}
