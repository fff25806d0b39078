package io.tributary.daemon.metrics.report;

import io.tributary.daemon.metrics.Latency;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.report.Datum.Distribution;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import io.tributary.daemon.metrics.report.Datum.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gathers what metrics are in one period after the other. Of a counter a period has what was added to it; of a gauge,
 * what it was whenever it was looked at; of a latency, every duration. Periods meet without a gap: what is counted at any
 * moment is in exactly one, unless it is given back and told later. Confined to one thread.
 */
final class Period {
    private final Metrics metrics;
    private final List<MetricSpec> specs;
    private final Map<MetricSpec, Double> countedBefore = new HashMap<>();
    private final Map<MetricSpec, long[]> bucketsBefore = new HashMap<>();
    private final Map<MetricSpec, Statistics> seen = new HashMap<>();

    /**
     * The first period begins with the process: whatever is counted already belongs to it.
     *
     * @param specs what to tell; those that go by no name are left out
     */
    Period(Metrics metrics, List<MetricSpec> specs) {
        this.metrics = metrics;
        this.specs = specs.stream().filter(spec -> spec.published().isPresent()).toList();
    }

    /** Looks at all gauges. One that is not known now is passed over. */
    void look() {
        for (MetricSpec spec : specs) {
            switch (spec.kind()) {
                case GAUGE -> metrics.value(spec).ifPresent(value -> seen.merge(spec, once(value), Period::both));
                case COUNTER, LATENCY -> {
                    // Counted when the period ends.
                }
            }
        }
    }

    /** Ends the period and begins the next. A metric of which nothing is known has no datum. */
    List<Datum> end(Instant began) {
        List<Datum> datums = new ArrayList<>();
        for (MetricSpec spec : specs) {
            value(spec)
                    .ifPresent(
                            value -> datums.add(new Datum(spec.published().orElseThrow(), spec.unit(), began, value)));
        }
        seen.clear();
        return datums;
    }

    /** Takes back what a counter was in a datum that nobody got: its next one has it. */
    void giveBack(MetricSpec counter, double count) {
        countedBefore.merge(counter, -count, Double::sum);
    }

    private Optional<Value> value(MetricSpec spec) {
        return switch (spec.kind()) {
            case GAUGE -> Optional.ofNullable(seen.get(spec));
            case COUNTER -> added(spec);
            case LATENCY -> metrics.buckets(spec).flatMap(counts -> durations(spec, counts));
        };
    }

    private Optional<Value> added(MetricSpec spec) {
        OptionalDouble now = metrics.value(spec);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Double before = countedBefore.put(spec, now.getAsDouble());
        return Optional.of(once(Math.max(0, now.getAsDouble() - (before == null ? 0 : before))));
    }

    private Optional<Value> durations(MetricSpec spec, long[] now) {
        long[] before = bucketsBefore.put(spec, now);
        List<Double> values = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (int bucket = 0; bucket < now.length; bucket++) {
            long more = now[bucket] - (before == null ? 0 : before[bucket]);
            if (more > 0) {
                values.add(Latency.bound(bucket));
                counts.add((double) more);
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Distribution(values, counts));
    }

    private static Statistics once(double value) {
        return new Statistics(1, value, value, value);
    }

    private static Statistics both(Statistics one, Statistics other) {
        return new Statistics(
                one.samples() + other.samples(),
                one.sum() + other.sum(),
                Math.min(one.least(), other.least()),
                Math.max(one.greatest(), other.greatest()));
    }
}
