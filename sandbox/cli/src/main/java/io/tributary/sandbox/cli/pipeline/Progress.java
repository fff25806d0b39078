package io.tributary.sandbox.cli.pipeline;

import io.tributary.sandbox.cli.console.Text;
import java.time.Duration;
import java.util.Map;

/**
 * How far publishing is, told from the producer's own counters. Remembers when the first record went, so that the time
 * a process takes to start does not spoil the rate. Confined to the command's thread.
 */
final class Progress {
    private static final int TYPING = 1;
    private static final int ALL = 100;
    private static final long TOO_EARLY_MILLIS = 1_000;

    private long firstAt = -1;
    private long bytesAtFirst;

    /**
     * One line for people.
     *
     * @param metrics the producer's, empty while it does not answer
     * @param staged  records staged in this run
     * @param now     milliseconds of a clock that only goes forward
     */
    String line(Map<String, Double> metrics, long staged, long now) {
        long total = value(metrics, "tributary_producer_source_bytes");
        long done = value(metrics, "tributary_producer_source_bytes_done");
        long records =
                value(metrics, "tributary_producer_records_total") + value(metrics, "tributary_producer_rejects_total");
        if (value(metrics, "tributary_producer_phase") == TYPING) {
            return percent(done, total) + "of a first pass over the files, for the columns' types";
        }
        if (records == 0) {
            return metrics.isEmpty() ? "the daemons are starting" : "looking for what is new";
        }
        if (firstAt < 0) {
            firstAt = now;
            bytesAtFirst = done;
        }
        Duration elapsed = Duration.ofMillis(now - firstAt);
        StringBuilder line = new StringBuilder(percent(done, total)).append(Text.count(records, "record"));
        if (elapsed.toMillis() > TOO_EARLY_MILLIS) {
            line.append(", ")
                    .append(Text.count(records * 1000 / elapsed.toMillis()))
                    .append("/s");
        }
        line.append(", staged ").append(Text.count(Math.max(0, staged)));
        line.append(", lag ").append(Text.count(Math.max(0, records - staged)));
        if (elapsed.toMillis() > TOO_EARLY_MILLIS && done > bytesAtFirst && total > done) {
            double left = (double) elapsed.toMillis() / (done - bytesAtFirst) * (total - done);
            line.append(", ")
                    .append(Text.roughly(Duration.ofMillis((long) left)))
                    .append(" left");
        }
        return line.toString();
    }

    private static String percent(long done, long total) {
        return total <= 0 ? "" : Math.min(ALL, done * ALL / total) + "%  ";
    }

    private static long value(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(name, 0.0).longValue();
    }
}
