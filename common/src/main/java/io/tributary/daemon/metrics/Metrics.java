package io.tributary.daemon.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** A program's counters, gauges and latencies, by their declarations. Safe for many threads. */
public final class Metrics {
    private final ConcurrentMap<String, Family> families = new ConcurrentHashMap<>();

    /**
     * All series of one metric.
     *
     * @param spec   its declaration
     * @param series by their labels, as Prometheus writes them
     */
    record Family(MetricSpec spec, ConcurrentMap<String, Series> series) {}

    /** The counter with these labels; made at first use. */
    public Counter counter(Metric metric, Map<String, String> labels) {
        return (Counter) family(metric, MetricKind.COUNTER, labels)
                .series()
                .computeIfAbsent(PrometheusText.labels(labels), key -> new Counter());
    }

    /** The counter without labels. */
    public Counter counter(Metric metric) {
        return counter(metric, Map.of());
    }

    /** The latency, which has no labels; made at first use. */
    public Latency latency(Metric metric) {
        return (Latency)
                family(metric, MetricKind.LATENCY, Map.of()).series().computeIfAbsent("", key -> new Latency());
    }

    /**
     * A gauge; replaces one of the same labels.
     *
     * @param value asked by any thread, often; must not wait. What is negative or no number counts as not known
     */
    public void gauge(Metric metric, Map<String, String> labels, DoubleSupplier value) {
        family(metric, MetricKind.GAUGE, labels).series().put(PrometheusText.labels(labels), new Series.Gauge(value));
    }

    /** A gauge without labels. */
    public void gauge(Metric metric, DoubleSupplier value) {
        gauge(metric, Map.of(), value);
    }

    /** Forgets a gauge, as when a partition is revoked. */
    public void removeGauge(Metric metric, Map<String, String> labels) {
        Family family = families.get(metric.spec().name());
        if (family != null) {
            family.series().remove(PrometheusText.labels(labels));
        }
    }

    /** What is counted so far, sorted by name. */
    public List<MetricSpec> declared() {
        return families.values().stream()
                .map(Family::spec)
                .sorted(Comparator.comparing(MetricSpec::name))
                .toList();
    }

    /** A counter's or gauge's value over all series that are known; empty if none is. */
    public OptionalDouble value(MetricSpec spec) {
        Family family = families.get(spec.name());
        if (family == null) {
            return OptionalDouble.empty();
        }
        return spec.fold()
                .of(family.series().values().stream()
                        .mapToDouble(PrometheusText::value)
                        .filter(value -> Double.isFinite(value) && value >= 0));
    }

    /** A latency's counts by bucket; empty if nothing was declared so. */
    public Optional<long[]> buckets(MetricSpec spec) {
        return Optional.ofNullable(families.get(spec.name()))
                .flatMap(family -> family.series().values().stream()
                        .filter(Latency.class::isInstance)
                        .map(latency -> ((Latency) latency).counts())
                        .findFirst());
    }

    /** All of them as Prometheus text, sorted by name. */
    public String prometheus() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(families).values().forEach(family -> PrometheusText.write(family, text));
        return text.toString();
    }

    private Family family(Metric metric, MetricKind kind, Map<String, String> labels) {
        MetricSpec spec = metric.spec();
        if (spec.kind() != kind) {
            throw new IllegalArgumentException(
                    spec.name() + " is declared as a " + spec.kind().prometheus());
        }
        if (!labels.keySet().equals(Set.copyOf(spec.labels()))) {
            throw new IllegalArgumentException(spec.name() + " has the labels " + spec.labels() + ", not "
                    + labels.keySet().stream().sorted().collect(Collectors.toList()));
        }
        return families.computeIfAbsent(spec.name(), name -> new Family(spec, new ConcurrentHashMap<>()));
    }
}
