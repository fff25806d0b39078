package io.tributary.daemon.metrics.report;

import io.tributary.daemon.metrics.MetricUnit;
import java.time.Instant;
import java.util.List;

/**
 * What one metric was in one period.
 *
 * @param name   its name in CloudWatch
 * @param unit   what its numbers count
 * @param period when the period began
 * @param value  what was seen
 */
public record Datum(String name, MetricUnit unit, Instant period, Value value) {
    /** What was seen in a period. All numbers are finite and none is negative. */
    public sealed interface Value {
        /** How many different numbers it takes. */
        int size();
    }

    /**
     * Numbers in sum. Averages, least and greatest can be asked for, percentiles not.
     *
     * @param samples how many there were, at least one
     */
    public record Statistics(long samples, double sum, double least, double greatest) implements Value {
        @Override
        public int size() {
            return 1;
        }
    }

    /**
     * Numbers one by one, so that percentiles can be asked for.
     *
     * @param values different numbers, at most {@link Requests#MOST_VALUES}
     * @param counts how often each was seen
     */
    public record Distribution(List<Double> values, List<Double> counts) implements Value {
        public Distribution {
            values = List.copyOf(values);
            counts = List.copyOf(counts);
        }

        @Override
        public int size() {
            return values.size();
        }
    }
}
