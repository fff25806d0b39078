package io.tributary.sandbox.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void nothingIsKnownWhileTheDaemonStarts() {
        assertThat(progress.line(Map.of(), 0, 0)).isEqualTo("the daemons are starting");
    }

    @Test
    void theFirstPassIsToldApart() {
        assertThat(progress.line(metrics(1, 0, 40), 0, 0))
                .isEqualTo("40%  of a first pass over the files, for the columns' types");
    }

    @Test
    void rateAndTimeLeftCountFromTheFirstRecord() {
        assertThat(progress.line(metrics(2, 100, 10), 50, 5_000)).isEqualTo("10%  100 records, staged 50, lag 50");
        assertThat(progress.line(metrics(2, 40_000, 50), 30_000, 7_000))
                .isEqualTo("50%  40,000 records, 20,000/s, staged 30,000, lag 10,000, 2 s left");
    }

    private static Map<String, Double> metrics(double phase, double records, double done) {
        return Map.of(
                "tributary_producer_phase", phase,
                "tributary_producer_records_total", records,
                "tributary_producer_source_bytes", 100.0,
                "tributary_producer_source_bytes_done", done);
    }
}
