package dev.ringmaster.http.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's figures in Prometheus' text form (version 0.0.4). Each is asked for when somebody
/// reads; one that fails is left out.
public final class Metrics {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final List<Family> families = new CopyOnWriteArrayList<>();

    private record Family(
            String name,
            String type,
            String help,
            String label,
            Supplier<? extends Map<String, ? extends Number>> values) {}

    public Metrics gauge(String name, String help, DoubleSupplier value) {
        families.add(new Family(name, "gauge", help, "", () -> Map.of("", value.getAsDouble())));
        return this;
    }

    public Metrics counter(String name, String help, DoubleSupplier value) {
        families.add(new Family(name, "counter", help, "", () -> Map.of("", value.getAsDouble())));
        return this;
    }

    /// One figure for each value of a label.
    public Metrics counters(
            String name, String help, String label, Supplier<? extends Map<String, ? extends Number>> values) {
        families.add(new Family(name, "counter", help, label, values));
        return this;
    }

    public Metrics gauges(
            String name, String help, String label, Supplier<? extends Map<String, ? extends Number>> values) {
        families.add(new Family(name, "gauge", help, label, values));
        return this;
    }

    String text() {
        var lines = new ArrayList<String>();
        families.forEach(family -> lines.addAll(lines(family)));
        lines.add("");
        return String.join("\n", lines);
    }

    private static List<String> lines(Family family) {
        var lines = new ArrayList<String>();
        lines.add("# HELP " + family.name() + " " + family.help());
        lines.add("# TYPE " + family.name() + " " + family.type());
        try {
            family.values().get().forEach((label, value) -> {
                var labels = family.label().isEmpty() ? "" : "{" + family.label() + "=\"" + escaped(label) + "\"}";
                lines.add(family.name() + labels + " " + number(value.doubleValue()));
            });
            return lines;
        } catch (RuntimeException e) {
            LOG.debug("{} cannot be read", family.name(), e);
            return List.of();
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
