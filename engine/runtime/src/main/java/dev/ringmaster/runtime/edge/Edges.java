package dev.ringmaster.runtime.edge;

import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.Surroundings.Fate;
import dev.ringmaster.runtime.wire.EdgeMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/// What this node knows of the edges: which incarnations live, which are gone for good. Written by [EdgeWatch], read by
/// the shells.
public final class Edges implements Surroundings.EdgeView {
    /// An edge that nobody has seen for so long is gone. Less would close calls while the registry still fills; more
    /// leaves dead air.
    static final Duration UNSEEN_IS_LOST = Duration.ofSeconds(10);

    /// Bound of what is remembered of edges that are gone.
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<String, ActorRef<EdgeMessage>> living = new ConcurrentHashMap<>();
    private final Map<String, Long> unseenSince = new ConcurrentHashMap<>();
    private final Map<String, Boolean> gone = new ConcurrentHashMap<>();
    private final ArrayDeque<String> goneInOrder = new ArrayDeque<>();
    private final LongSupplier nanoTime;

    /// @param nanoTime the machine's monotonic clock; liveness never follows a shifted test clock
    public Edges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public Optional<ActorRef<EdgeMessage>> living(String edge) {
        return Optional.ofNullable(living.get(edge));
    }

    @Override
    public void tell(String edge, EdgeMessage message) {
        living(edge).ifPresent(actor -> actor.tell(message));
    }

    /// One of the living edges, the same for the same key while they stay the same: so agents spread over them.
    public Optional<ActorRef<EdgeMessage>> any(String key) {
        var all = living.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(Math.floorMod(key.hashCode(), all.size())).getValue());
    }

    /// The same name's new process if there is one.
    @Override
    public Optional<String> successor(String lost) {
        return living.keySet().stream()
                .filter(edge -> nameOf(edge).equals(nameOf(lost)))
                .findFirst()
                .or(() -> living.keySet().stream().min(String::compareTo));
    }

    @Override
    public Fate fate(String edge) {
        if (living.containsKey(edge)) {
            return Fate.LIVES;
        }
        if (gone.containsKey(edge) || living.keySet().stream().anyMatch(other -> replaces(other, edge))) {
            return Fate.LOST;
        }
        var now = nanoTime.getAsLong();
        var since = unseenSince.computeIfAbsent(edge, _ -> now);
        return now - since >= UNSEEN_IS_LOST.toNanos() ? Fate.LOST : Fate.UNSEEN;
    }

    void seen(String edge, ActorRef<EdgeMessage> actor) {
        living.put(edge, actor);
        unseenSince.remove(edge);
        living.keySet().stream().filter(other -> replaces(edge, other)).toList().forEach(this::lost);
    }

    /// The actor is no longer registered; its process may come back with another one.
    void unseen(String edge) {
        living.remove(edge);
        if (unseenSince.size() > MAX_REMEMBERED) {
            unseenSince.clear();
        }
        unseenSince.put(edge, nanoTime.getAsLong());
    }

    /// Its node was removed from the cluster, or its name runs in another process.
    synchronized void lost(String edge) {
        living.remove(edge);
        unseenSince.remove(edge);
        if (gone.put(edge, true) == null) {
            goneInOrder.addLast(edge);
            if (goneInOrder.size() > MAX_REMEMBERED) {
                gone.remove(goneInOrder.removeFirst());
            }
        }
    }

    private static boolean replaces(String newer, String older) {
        return !newer.equals(older) && nameOf(newer).equals(nameOf(older)) && startOf(newer) >= startOf(older);
    }

    private static String nameOf(String edge) {
        var hash = edge.lastIndexOf('#');
        return hash < 0 ? edge : edge.substring(0, hash);
    }

    private static long startOf(String edge) {
        try {
            return Long.parseLong(edge.substring(edge.lastIndexOf('#') + 1));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
