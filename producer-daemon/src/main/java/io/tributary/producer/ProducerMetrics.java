package io.tributary.producer;

import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.producer.source.SourceProgress;

/** What the daemon counts. Counters move when a batch is committed. Safe for many threads. */
final class ProducerMetrics {
    private final Metrics metrics = new Metrics();
    private final Counter records =
            metrics.counter("tributary_producer_records_total", "Records committed to the topic.");
    private final Counter rejects =
            metrics.counter("tributary_producer_rejects_total", "Rows refused, committed to the topic of rejects.");
    private final Counter bytes =
            metrics.counter("tributary_producer_bytes_total", "Bytes of committed keys and values, uncompressed.");
    private final Counter batches = metrics.counter("tributary_producer_batches_total", "Transactions committed.");
    private final Counter restarts = metrics.counter(
            "tributary_producer_restarts_total", "Times that publishing began anew from the last committed position.");

    ProducerMetrics(SourceProgress progress) {
        metrics.gauge(
                "tributary_producer_source_bytes",
                "Bytes that the phase has to read, as they are stored.",
                progress::total);
        metrics.gauge("tributary_producer_source_bytes_done", "Bytes of the phase that are read.", progress::done);
        metrics.gauge("tributary_producer_source_files", "Files that there are.", progress::files);
        metrics.gauge(
                "tributary_producer_phase",
                "0 starting, 1 finding types, 2 publishing, 3 waiting for more, 4 done.",
                () -> progress.phase().number());
    }

    /** Where a source may add what it counts itself. */
    Metrics registry() {
        return metrics;
    }

    void committed(long moreRecords, long moreRejects, long moreBytes) {
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
