package io.tributary.daemon.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * A program's counters and gauges. Names follow Prometheus: {@code tributary_consumer_records_total}; the unit is part
 * of the name. Safe for many threads.
 */
public final class Metrics {
    private final ConcurrentMap<String, Family> families = new ConcurrentHashMap<>();

    private record Family(String help, String type, ConcurrentMap<String, DoubleSupplier> series) {}

    /** The counter of this name and these labels; made at first use. The name ends in {@code _total}. */
    public Counter counter(String name, String help, Map<String, String> labels) {
        Family family = family(name, help, "counter");
        CounterSeries series = (CounterSeries)
                family.series().computeIfAbsent(render(labels), key -> new CounterSeries(new Counter()));
        return series.counter();
    }

    /** The counter of this name, without labels. */
    public Counter counter(String name, String help) {
        return counter(name, help, Map.of());
    }

    /** A gauge, asked for its value at each scrape; replaces one of the same name and labels. */
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        family(name, help, "gauge").series().put(render(labels), value);
    }

    /** A gauge without labels. */
    public void gauge(String name, String help, DoubleSupplier value) {
        gauge(name, help, Map.of(), value);
    }

    /** Forgets a gauge, as when a partition is revoked. */
    public void removeGauge(String name, Map<String, String> labels) {
        Family family = families.get(name);
        if (family != null) {
            family.series().remove(render(labels));
        }
    }

    /** All of them as Prometheus text, sorted by name. */
    public String prometheus() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(families).forEach((name, family) -> {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(family.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            new TreeMap<>(family.series())
                    .forEach((labels, value) -> text.append(name)
                            .append(labels)
                            .append(' ')
                            .append(number(value.getAsDouble()))
                            .append('\n'));
        });
        return text.toString();
    }

    private record CounterSeries(Counter counter) implements DoubleSupplier {
        @Override
        public double getAsDouble() {
            return counter.value();
        }
    }

    private Family family(String name, String help, String type) {
        Family family = families.computeIfAbsent(name, key -> new Family(help, type, new ConcurrentHashMap<>()));
        if (!family.type().equals(type)) {
            throw new IllegalArgumentException(name + " is a " + family.type() + " already");
        }
        return family;
    }

    private static String render(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
