package dev.ringmaster.http.system;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.stream.Collectors;

/// What every Java process can tell of itself.
public final class JvmMetrics {
    private JvmMetrics() {}

    public static Metrics addTo(Metrics metrics) {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        var runtime = ManagementFactory.getRuntimeMXBean();
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return metrics.gauge(
                        "jvm_heap_used_bytes",
                        "Heap in use.",
                        () -> memory.getHeapMemoryUsage().getUsed())
                .gauge(
                        "jvm_heap_max_bytes",
                        "Heap at most.",
                        () -> memory.getHeapMemoryUsage().getMax())
                .gauge("jvm_threads", "Platform threads.", threads::getThreadCount)
                .gauge("jvm_uptime_seconds", "Since the process started.", () -> runtime.getUptime() / 1000.0)
                .gauge("system_load1", "Load average of the machine.", system::getSystemLoadAverage)
                .counters(
                        "jvm_gc_seconds_total",
                        "Time spent collecting garbage.",
                        "gc",
                        () -> ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .collect(Collectors.toMap(
                                        GarbageCollectorMXBean::getName, gc -> gc.getCollectionTime() / 1000.0)));
    }
}
