package io.tributary.daemon.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How Prometheus writes metrics. Pure. */
final class PrometheusText {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double LARGEST_EXACT = 1e15;

    private PrometheusText() {}

    static void write(Metrics.Family family, StringBuilder text) {
        MetricSpec spec = family.spec();
        text.append("# HELP ")
                .append(spec.name())
                .append(' ')
                .append(spec.meaning())
                .append('\n');
        text.append("# TYPE ")
                .append(spec.name())
                .append(' ')
                .append(spec.kind().prometheus())
                .append('\n');
        new TreeMap<>(family.series()).forEach((labels, series) -> {
            if (series instanceof Latency latency) {
                histogram(spec.name(), latency, text);
            } else {
                line(spec.name(), labels, value(series), text);
            }
        });
    }

    static double value(Series series) {
        if (series instanceof Counter counter) {
            return counter.value();
        }
        return series instanceof Series.Gauge gauge ? gauge.value().getAsDouble() : Double.NaN;
    }

    static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** A bucket for each doubling is enough here, and keeps the page short. */
    private static void histogram(String name, Latency latency, StringBuilder text) {
        long[] counts = latency.counts();
        long below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            below += counts[bucket];
            if (bucket % Latency.STEPS == 0 && bucket < counts.length - 1) {
                String bound = number(Latency.bound(bucket) / MILLIS_PER_SECOND);
                line(name + "_bucket", "{le=\"" + bound + "\"}", (double) below, text);
            }
        }
        line(name + "_bucket", "{le=\"+Inf\"}", (double) below, text);
        line(name + "_sum", "", latency.totalSeconds(), text);
        line(name + "_count", "", (double) below, text);
    }

    private static void line(String name, String labels, double value, StringBuilder text) {
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
