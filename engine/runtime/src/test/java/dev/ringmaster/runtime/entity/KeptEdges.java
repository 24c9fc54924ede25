package dev.ringmaster.runtime.entity;

import dev.ringmaster.runtime.wire.EdgeMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Edges that keep what they are told; each lives until the test says otherwise.
public final class KeptEdges implements Surroundings.EdgeView {
    /// One message to one edge.
    public record Told(String edge, EdgeMessage message) {}

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Map<String, Surroundings.Fate> fates = new ConcurrentHashMap<>();

    @Override
    public void tell(String edge, EdgeMessage message) {
        told.add(new Told(edge, message));
    }

    @Override
    public Surroundings.Fate fate(String edge) {
        return fates.getOrDefault(edge, Surroundings.Fate.LIVES);
    }

    @Override
    public Optional<String> successor(String lost) {
        return Optional.of("edge-after-" + lost);
    }

    /// This node has not seen it yet.
    public void hide(String edge) {
        fates.put(edge, Surroundings.Fate.UNSEEN);
    }

    public void show(String edge) {
        fates.remove(edge);
    }

    public void lose(String edge) {
        fates.put(edge, Surroundings.Fate.LOST);
    }

    public <T extends EdgeMessage> List<T> all(Class<T> type) {
        return told.stream()
                .map(Told::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public void clear() {
        told.clear();
    }
}
