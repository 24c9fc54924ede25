package dev.ringmaster.simulation;

import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.tenant.SeatsEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The one database of the installation: events by entity, with the key that fences a second writer off.
final class Journal {
    private final World world;
    private final Map<String, List<Object>> events = new TreeMap<>();
    private final Map<String, Snapshot> snapshots = new TreeMap<>();

    /// Writes that the key has refused.
    int fenced;

    private Instant lastFenced = Instant.MIN;

    record Snapshot(long seq, Object state) {}

    Journal(World world) {
        this.world = world;
    }

    /// All or none. False: another writer was faster.
    boolean append(String id, long after, List<?> more) {
        var known = events.computeIfAbsent(id, _ -> new ArrayList<>());
        if (known.size() != after) {
            fenced++;
            lastFenced = world.now();
            return false;
        }
        for (var event : more) {
            if (!known.isEmpty()) {
                world.expect(
                        !at(event).isBefore(at(known.getLast())),
                        id + ": time runs back from " + known.getLast() + " to " + event);
            }
            known.add(event);
        }
        return true;
    }

    /// Whether two have written the same of late: one of them knew less than the journal, and may have
    /// answered without writing.
    boolean twoWritersWithin(long millis) {
        return lastFenced.plusMillis(millis).isAfter(world.now());
    }

    List<Object> of(String id) {
        return List.copyOf(events.getOrDefault(id, List.of()));
    }

    @SuppressWarnings("unchecked") // the caller knows of which entity it asks
    <E> List<E> events(String id) {
        return (List<E>) of(id);
    }

    List<String> ids(String kind) {
        return events.keySet().stream().filter(id -> id.startsWith(kind + "|")).toList();
    }

    Optional<Snapshot> snapshot(String id) {
        return Optional.ofNullable(snapshots.get(id));
    }

    void keep(String id, long seq, Object state) {
        snapshots.put(id, new Snapshot(seq, state));
    }

    /// The same for the same day.
    long digest() {
        var digest = 17L;
        for (var entry : events.entrySet()) {
            for (var event : entry.getValue()) {
                digest = digest * 31 + entry.getKey().hashCode();
                digest = digest * 31 + event.getClass().getSimpleName().hashCode();
                digest = digest * 31 + at(event).toEpochMilli();
            }
        }
        return digest;
    }

    static Instant at(Object event) {
        return switch (event) {
            case CallEvent e -> e.at();
            case AgentEvent e -> e.at();
            case SeatsEvent e -> e.at();
            default -> throw new AssertionError(event);
        };
    }
}
