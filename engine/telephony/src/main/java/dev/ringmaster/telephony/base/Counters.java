package dev.ringmaster.telephony.base;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts events by name, for metrics. Names come from our own code only, never from the wire, so there are few.
public final class Counters {
    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    public void add(String name) {
        byName.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    public Map<String, Long> snapshot() {
        var now = new TreeMap<String, Long>();
        byName.forEach((name, adder) -> now.put(name, adder.sum()));
        return now;
    }
}
