package dev.ringmaster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// User and system time that a process has used, as Linux counts it, by thread name.
///
/// @param ticks of 10 ms, all threads, the ended ones too
record Cpu(long atNanos, long ticks, Map<String, Long> byThread) {
    static Cpu of(long pid) {
        try {
            var threads = new HashMap<String, Long>();
            try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
                tasks.forEach(task -> read(task.resolve("stat"), threads));
            }
            var whole = new HashMap<String, Long>();
            read(Path.of("/proc/" + pid + "/stat"), whole);
            return new Cpu(
                    System.nanoTime(), whole.values().stream().findFirst().orElse(0L), threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path stat, Map<String, Long> into) {
        try {
            var text = Files.readString(stat);
            var name = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
            var rest = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            // utime and stime are fields 14 and 15 of proc(5); the third one is the first after the name
            into.merge(kind(name), Long.parseLong(rest[11]) + Long.parseLong(rest[12]), Long::sum);
        } catch (IOException _) {
            // a thread that has ended meanwhile
        }
    }

    /// Pools count as one.
    private static String kind(String thread) {
        return thread.replaceAll("[-#. ]*\\d+$", "");
    }

    /// Per cent of one core since then.
    double percentSince(Cpu then) {
        return (ticks - then.ticks) * 1e9 / (atNanos - then.atNanos);
    }

    /// The busiest threads since then, in per cent of a core.
    String threadsSince(Cpu then) {
        return byThread.entrySet().stream()
                .map(entry -> Map.entry(
                        entry.getKey(),
                        (entry.getValue() - then.byThread.getOrDefault(entry.getKey(), 0L))
                                * 1e9
                                / (atNanos - then.atNanos)))
                .filter(entry -> entry.getValue() >= 0.2)
                .sorted(Comparator.comparingDouble((Map.Entry<String, Double> entry) -> -entry.getValue()))
                .limit(9)
                .map(entry -> "%s %.1f".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
