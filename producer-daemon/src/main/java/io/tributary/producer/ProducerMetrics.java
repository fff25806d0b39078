package io.tributary.producer;

import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Latency;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.ProducerMetric;
import io.tributary.producer.source.SourceProgress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What the daemon counts. Counters move when a batch is committed. Safe for many threads. */
final class ProducerMetrics {
    private static final double MILLIS_PER_SECOND = 1000;

    private final Metrics metrics = new Metrics();
    private final Counter records = metrics.counter(ProducerMetric.RECORDS);
    private final Counter rejects = metrics.counter(ProducerMetric.REJECTS);
    private final Counter bytes = metrics.counter(ProducerMetric.BYTES);
    private final Counter batches = metrics.counter(ProducerMetric.BATCHES);
    private final Counter restarts = metrics.counter(ProducerMetric.RESTARTS);
    private final Latency commits = metrics.latency(ProducerMetric.COMMIT);

    ProducerMetrics(SourceProgress progress) {
        metrics.gauge(ProducerMetric.SOURCE_BYTES, progress::total);
        metrics.gauge(ProducerMetric.SOURCE_DONE, progress::done);
        metrics.gauge(ProducerMetric.SOURCE_PENDING, () -> Math.max(0, progress.total() - progress.done()));
        metrics.gauge(ProducerMetric.SOURCE_FILES, progress::files);
        metrics.gauge(ProducerMetric.PHASE, () -> progress.phase().number());
    }

    /** Since when nothing has moved that could, in milliseconds. */
    void stalled(LongSupplier millis) {
        metrics.gauge(ProducerMetric.STALLED, () -> millis.getAsLong() / MILLIS_PER_SECOND);
    }

    /** Where a source may add what it counts itself. */
    Metrics registry() {
        return metrics;
    }

    void committed(long moreRecords, long moreRejects, long moreBytes, Duration took) {
        commits.record(took);
        records.add(moreRecords);
        rejects.add(moreRejects);
        bytes.add(moreBytes);
        batches.increment();
    }

    void restarted() {
        restarts.increment();
    }

    long records() {
        return records.value();
    }

    long rejects() {
        return rejects.value();
    }

    String prometheus() {
        return metrics.prometheus();
    }
}
