package io.tributary.daemon.metrics.catalog;

import static io.tributary.daemon.metrics.MetricSpec.counter;
import static io.tributary.daemon.metrics.MetricSpec.gauge;
import static io.tributary.daemon.metrics.MetricSpec.latency;

import io.tributary.daemon.metrics.Fold;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.MetricUnit;

/** What producer-daemon counts, whatever its source. Counters move when a batch is committed. */
public enum ProducerMetric implements Metric {
    RECORDS(counter("tributary_producer_records_total", MetricUnit.COUNT, "Records committed to the topic.")
            .as("RecordsPublished")),
    REJECTS(counter(
                    "tributary_producer_rejects_total",
                    MetricUnit.COUNT,
                    "Rows refused, committed to the topic of rejects.")
            .as("RecordsRejected")),
    BYTES(counter(
                    "tributary_producer_bytes_total",
                    MetricUnit.BYTES,
                    "Bytes of committed keys and values, uncompressed.")
            .as("BytesPublished")),
    BATCHES(counter("tributary_producer_batches_total", MetricUnit.COUNT, "Transactions committed.")
            .as("TransactionsCommitted")),
    RESTARTS(counter(
                    "tributary_producer_restarts_total",
                    MetricUnit.COUNT,
                    "Times that publishing began anew from the last committed position.")
            .as("PublishRestarts")),
    COMMIT(latency("tributary_producer_commit_seconds", "Time that Kafka took to commit a transaction.")
            .as("CommitLatency")),
    STALLED(gauge(
                    "tributary_producer_seconds_since_progress",
                    MetricUnit.SECONDS,
                    "Time that nothing was read or committed, while there is something to do.")
            .as("SecondsSinceProgress", Fold.MAX)),
    SOURCE_PENDING(gauge(
                    "tributary_producer_source_bytes_pending",
                    MetricUnit.BYTES,
                    "Bytes of the phase that are not read yet, as they are stored.")
            .as("SourceBytesPending")),
    SOURCE_BYTES(gauge(
            "tributary_producer_source_bytes",
            MetricUnit.BYTES,
            "Bytes that the phase has to read, as they are stored.")),
    SOURCE_DONE(gauge("tributary_producer_source_bytes_done", MetricUnit.BYTES, "Bytes of the phase that are read.")),
    SOURCE_FILES(gauge("tributary_producer_source_files", MetricUnit.COUNT, "Files that there are.")),
    PHASE(gauge(
            "tributary_producer_phase",
            MetricUnit.NONE,
            "0 starting, 1 finding types, 2 publishing, 3 waiting for more, 4 done."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of what cannot change
    private final MetricSpec spec;

    ProducerMetric(MetricSpec spec) {
        this.spec = spec;
    }

    @Override
    public MetricSpec spec() {
        return spec;
    }
}
