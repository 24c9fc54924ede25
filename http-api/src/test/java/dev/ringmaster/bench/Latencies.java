package dev.ringmaster.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Times and counts by name, from many threads; said in milliseconds.
final class Latencies {
    private final Map<String, List<Double>> times = new TreeMap<>();
    private final Map<String, AtomicLong> counts = new TreeMap<>();

    synchronized void took(String name, double ms) {
        times.computeIfAbsent(name, _ -> new ArrayList<>()).add(ms);
    }

    synchronized void count(String name) {
        counts.computeIfAbsent(name, _ -> new AtomicLong()).incrementAndGet();
    }

    synchronized long counted(String name) {
        var count = counts.get(name);
        return count == null ? 0 : count.get();
    }

    /// What came before was warm-up.
    synchronized void forget() {
        times.clear();
        counts.clear();
    }

    synchronized String report() {
        var text = new StringBuilder();
        times.forEach((name, list) -> {
            Collections.sort(list);
            text.append("%-28s n=%-6d p50=%.1f p95=%.1f p99=%.1f max=%.1f ms%n"
                    .formatted(name, list.size(), at(list, 0.5), at(list, 0.95), at(list, 0.99), at(list, 1)));
        });
        counts.forEach((name, count) -> text.append("%-28s %d%n".formatted(name, count.get())));
        return text.toString();
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
