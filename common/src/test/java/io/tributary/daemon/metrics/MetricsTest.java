package io.tributary.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void textIsPrometheusFormatSortedByName() {
        metrics.gauge(Counted.HELD, Map.of("topic", "a\"b"), () -> 1.5);
        metrics.counter(Counted.SEEN).add(3);
        assertThat(metrics.prometheus()).isEqualTo("""
                        # HELP a_total Seen.
                        # TYPE a_total counter
                        a_total 3
                        # HELP b_bytes Held.
                        # TYPE b_bytes gauge
                        b_bytes{topic="a\\"b"} 1.5
                        """);
    }

    @Test
    void aLatencyIsAHistogramWithABucketForEachDoubling() {
        metrics.latency(Counted.TOOK).record(Duration.ofMillis(1));
        metrics.latency(Counted.TOOK).record(Duration.ofMillis(3));
        metrics.latency(Counted.TOOK).record(Duration.ofDays(2));
        assertThat(metrics.prometheus().lines())
                .startsWith(
                        "# HELP e_seconds Took.",
                        "# TYPE e_seconds histogram",
                        "e_seconds_bucket{le=\"0.001\"} 1",
                        "e_seconds_bucket{le=\"0.002\"} 1",
                        "e_seconds_bucket{le=\"0.004\"} 2")
                .endsWith("e_seconds_bucket{le=\"+Inf\"} 3", "e_seconds_sum 172800.004", "e_seconds_count 3")
                .hasSize(2 + 26 + 3);
    }

    @Test
    void counterOfTheSameNameAndLabelsIsTheSame() {
        metrics.counter(Counted.SEEN_BY, Map.of("p", "1")).increment();
        metrics.counter(Counted.SEEN_BY, Map.of("p", "1")).increment();
        assertThat(metrics.prometheus()).contains("c_total{p=\"1\"} 2\n");
    }

    @Test
    void gaugeOfARevokedPartitionIsForgotten() {
        metrics.gauge(Counted.HELD, Map.of("topic", "1"), () -> 1);
        metrics.removeGauge(Counted.HELD, Map.of("topic", "1"));
        assertThat(metrics.prometheus()).doesNotContain("topic=\"1\"");
        assertThat(metrics.value(Counted.HELD.spec())).isEmpty();
    }

    @Test
    void seriesBecomeOneNumberAsDeclaredAndWhatIsNotKnownIsPassedOver() {
        metrics.counter(Counted.SEEN_BY, Map.of("p", "1")).add(2);
        metrics.counter(Counted.SEEN_BY, Map.of("p", "2")).add(3);
        metrics.gauge(Counted.HELD, Map.of("topic", "1"), () -> 7);
        metrics.gauge(Counted.HELD, Map.of("topic", "2"), () -> 9);
        metrics.gauge(Counted.HELD, Map.of("topic", "3"), () -> Double.NaN);
        metrics.gauge(Counted.LEVEL, () -> -1);
        assertThat(metrics.value(Counted.SEEN_BY.spec())).hasValue(5);
        assertThat(metrics.value(Counted.HELD.spec())).hasValue(9);
        assertThat(metrics.value(Counted.LEVEL.spec())).isEmpty();
    }

    @Test
    void whatIsDeclaredOtherwiseIsRefused() {
        assertThatThrownBy(() -> metrics.gauge(Counted.SEEN, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a_total is declared as a counter");
        assertThatThrownBy(() -> metrics.counter(Counted.SEEN_BY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("c_total has the labels [p], not []");
    }
}
