package io.tributary.daemon.metrics;

import java.util.List;
import java.util.Optional;

/**
 * What a metric is called, counts and means: said once, and taken by Prometheus, CloudWatch and their reference alike.
 *
 * @param name      Prometheus's name, with its unit
 * @param kind      how it moves
 * @param unit      what CloudWatch is told of its unit
 * @param meaning   one sentence
 * @param labels    the labels of its series
 * @param published its name in CloudWatch, if it goes there
 * @param fold      how its series become one number there
 */
public record MetricSpec(
        String name,
        MetricKind kind,
        MetricUnit unit,
        String meaning,
        List<String> labels,
        Optional<String> published,
        Fold fold) {

    /** A counter; its name ends in {@code _total}. */
    public static MetricSpec counter(String name, MetricUnit unit, String meaning) {
        return new MetricSpec(name, MetricKind.COUNTER, unit, meaning, List.of(), Optional.empty(), Fold.SUM);
    }

    /** A gauge. */
    public static MetricSpec gauge(String name, MetricUnit unit, String meaning) {
        return new MetricSpec(name, MetricKind.GAUGE, unit, meaning, List.of(), Optional.empty(), Fold.SUM);
    }

    /** Durations: in seconds for Prometheus, and so named; in milliseconds for CloudWatch. */
    public static MetricSpec latency(String name, String meaning) {
        return new MetricSpec(
                name, MetricKind.LATENCY, MetricUnit.MILLISECONDS, meaning, List.of(), Optional.empty(), Fold.SUM);
    }

    /** With a series for each value of these labels. */
    public MetricSpec by(String... names) {
        return new MetricSpec(name, kind, unit, meaning, List.of(names), published, fold);
    }

    /** Sent to CloudWatch under this name, its series summed. */
    public MetricSpec as(String cloudWatchName) {
        return as(cloudWatchName, Fold.SUM);
    }

    /** Sent to CloudWatch under this name. */
    public MetricSpec as(String cloudWatchName, Fold series) {
        return new MetricSpec(name, kind, unit, meaning, labels, Optional.of(cloudWatchName), series);
    }
}
