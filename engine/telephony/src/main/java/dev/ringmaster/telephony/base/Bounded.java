package dev.ringmaster.telephony.base;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A memory that forgets the oldest entry when it is full.
public final class Bounded<K, V> {
    private final Map<K, V> entries;

    public Bounded(int capacity) {
        entries = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    public @Nullable V get(K key) {
        return entries.get(key);
    }

    public void put(K key, V value) {
        entries.remove(key);
        entries.put(key, value);
    }

    public @Nullable V remove(K key) {
        return entries.remove(key);
    }
}
