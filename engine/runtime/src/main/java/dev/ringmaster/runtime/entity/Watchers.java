package dev.ringmaster.runtime.entity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/// Who watches an entity, each by a lease of 10 s that it renews; what is known of a watcher stands beside it.
///
/// @param <U> what watchers are sent
/// @param <N> what is noted of a watcher
public final class Watchers<U, N> {
    /// A watcher that does not renew for so long is gone; renewals come every 2–5 s.
    public static final long LEASE_NANOS = 10_000_000_000L;

    private final Map<ActorRef<U>, Lease<N>> leases = new LinkedHashMap<>();
    private final LongSupplier nanoTime;

    private record Lease<N>(long renewed, N note) {}

    public Watchers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// What stands beside this watcher, who is perhaps new.
    public N renew(ActorRef<U> watcher, N noteWhenNew) {
        var known = leases.get(watcher);
        var note = known == null ? noteWhenNew : known.note();
        leases.put(watcher, new Lease<>(nanoTime.getAsLong(), note));
        return note;
    }

    public boolean knows(ActorRef<U> watcher) {
        return leases.containsKey(watcher);
    }

    public void note(ActorRef<U> watcher, N note) {
        leases.computeIfPresent(watcher, (_, lease) -> new Lease<>(lease.renewed(), note));
    }

    public void forget(ActorRef<U> watcher) {
        leases.remove(watcher);
    }

    public void forgetSilent() {
        var now = nanoTime.getAsLong();
        leases.values().removeIf(lease -> now - lease.renewed() > LEASE_NANOS);
    }

    public int size() {
        return leases.size();
    }

    public boolean none() {
        return leases.isEmpty();
    }

    /// The first so many of those who watch now, in the order in which they came.
    public List<ActorRef<U>> oldest(int howMany) {
        return leases.keySet().stream().limit(Math.max(0, howMany)).toList();
    }

    public void each(BiConsumer<ActorRef<U>, N> action) {
        Map.copyOf(leases).forEach((watcher, lease) -> action.accept(watcher, lease.note()));
    }
}
