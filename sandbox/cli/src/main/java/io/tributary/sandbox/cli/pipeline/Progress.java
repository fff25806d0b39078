package io.tributary.sandbox.cli.pipeline;

import io.tributary.sandbox.cli.console.Text;
import java.time.Duration;
import java.util.Map;

/**
 * How far publishing is. Immutable.
 *
 * @param records  records published in this run
 * @param rejected bad rows put aside in this run
 * @param bytes    bytes of the files that are done with
 * @param total    bytes of the files in all
 * @param staged   records staged in this run
 * @param elapsed  since publishing began
 */
record Progress(long records, long rejected, long bytes, long total, long staged, Duration elapsed) {
    private static final int ALL = 100;
    private static final long TOO_EARLY_MILLIS = 1500;

    static Progress of(Map<String, Double> metrics, long staged, Duration elapsed) {
        return new Progress(
                value(metrics, "tributary_producer_records_total"),
                value(metrics, "tributary_producer_rejected_total"),
                value(metrics, "tributary_producer_bytes_total"),
                value(metrics, "tributary_producer_source_bytes"),
                staged,
                elapsed);
    }

    /** One line for people. */
    String line() {
        if (records + rejected == 0) {
            return "starting the daemons";
        }
        long rate = elapsed.isZero() ? 0 : (records + rejected) * 1000 / Math.max(1, elapsed.toMillis());
        StringBuilder line = new StringBuilder();
        if (total > 0) {
            line.append(Math.min(ALL, bytes * ALL / total)).append("%  ");
        }
        line.append(Text.count(records, "record"))
                .append(", ")
                .append(Text.count(rate))
                .append("/s");
        line.append(", staged ").append(Text.count(Math.max(0, staged)));
        line.append(", lag ").append(Text.count(Math.max(0, records + rejected - staged)));
        if (total > bytes && bytes > 0 && elapsed.toMillis() > TOO_EARLY_MILLIS) {
            Duration left = Duration.ofMillis((long) ((double) elapsed.toMillis() / bytes * (total - bytes)));
            line.append(", ").append(Text.roughly(left)).append(" left");
        }
        return line.toString();
    }

    private static long value(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(name, 0.0).longValue();
    }
}
