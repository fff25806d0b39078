package io.tributary.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void textIsPrometheusFormatSortedByName() {
        metrics.gauge("b_bytes", "Held.", Map.of("topic", "a\"b"), () -> 1.5);
        metrics.counter("a_total", "Seen.").add(3);
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
    void counterOfTheSameNameAndLabelsIsTheSame() {
        metrics.counter("a_total", "Seen.", Map.of("p", "1")).increment();
        metrics.counter("a_total", "Seen.", Map.of("p", "1")).increment();
        assertThat(metrics.prometheus()).contains("a_total{p=\"1\"} 2\n");
    }

    @Test
    void gaugeOfARevokedPartitionIsForgotten() {
        metrics.gauge("lag", "Behind.", Map.of("p", "1"), () -> 1);
        metrics.removeGauge("lag", Map.of("p", "1"));
        assertThat(metrics.prometheus()).doesNotContain("p=\"1\"");
    }

    @Test
    void oneNameCannotBeTwoTypes() {
        metrics.counter("a_total", "Seen.");
        assertThatThrownBy(() -> metrics.gauge("a_total", "Seen.", () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a_total is a counter already");
    }
}
