package io.tributary.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class LatencyPropertyTest {
    private static final double LONGEST_MILLIS = 1 << 26;

    @Property
    void aDurationIsToldAtMostAFifthOfADoublingTooLongAndNeverTooShort(
            @ForAll @LongRange(min = 0, max = 60_000_000_000_000L) long nanos) {
        Latency latency = new Latency();
        latency.record(Duration.ofNanos(nanos));
        long[] counts = latency.counts();
        assertThat(Arrays.stream(counts).sum()).isEqualTo(1);
        double told = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            told += counts[bucket] * Latency.bound(bucket);
        }
        double exact = nanos / 1e6;
        assertThat(told).isGreaterThanOrEqualTo(exact * (1 - 1e-9));
        assertThat(told).isLessThanOrEqualTo(Math.max(1, exact * Math.pow(2, 0.2) * (1 + 1e-9)));
        assertThat(exact).isLessThan(LONGEST_MILLIS);
    }

    @Property(tries = 20)
    void whatTakesDaysCountsAsTheLongest(@ForAll @LongRange(min = 1, max = 10_000) long days) {
        Latency latency = new Latency();
        latency.record(Duration.ofDays(days));
        assertThat(latency.counts()[latency.counts().length - 1]).isEqualTo(1);
    }
}
