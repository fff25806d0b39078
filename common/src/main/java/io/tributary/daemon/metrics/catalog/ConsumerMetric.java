package io.tributary.daemon.metrics.catalog;

import static io.tributary.daemon.metrics.MetricSpec.counter;
import static io.tributary.daemon.metrics.MetricSpec.gauge;
import static io.tributary.daemon.metrics.MetricSpec.latency;

import io.tributary.daemon.metrics.Fold;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.MetricUnit;

/** What consumer-daemon counts. */
public enum ConsumerMetric implements Metric {
    RECORDS(counter(
                    "tributary_consumer_records_staged_total",
                    MetricUnit.COUNT,
                    "Records in links that this process created.")
            .as("RecordsStaged")),
    READ_BYTES(counter(
                    "tributary_consumer_read_bytes_total",
                    MetricUnit.BYTES,
                    "Bytes of keys and values read from Kafka.")
            .as("BytesRead")),
    WRITTEN_BYTES(counter(
                    "tributary_consumer_written_bytes_total",
                    MetricUnit.BYTES,
                    "Compressed bytes of links that this process created.")
            .as("BytesStaged")),
    LINKS(counter(
                    "tributary_consumer_links_total",
                    MetricUnit.COUNT,
                    "Links that this process created, by why they were closed.")
            .by("cut")
            .as("LinksCreated")),
    UNDECODABLE(counter(
                    "tributary_consumer_undecodable_records_total",
                    MetricUnit.COUNT,
                    "Records staged with an error instead of a value.")
            .as("RecordsUndecodable")),
    NAMES_TAKEN(counter(
                    "tributary_consumer_names_taken_total",
                    MetricUnit.COUNT,
                    "Links whose name was taken: by another writer, or by us and the answer got lost.")
            .as("LinkConflicts")),
    RETRIES(counter(
                    "tributary_consumer_retries_total",
                    MetricUnit.COUNT,
                    "Operations on the store or the cluster that failed and were tried again.")
            .as("Retries")),
    DROPPED(counter(
                    "tributary_consumer_dropped_records_total",
                    MetricUnit.COUNT,
                    "Records dropped from buffers, to be read again or because their topic was re-created.")
            .as("RecordsDropped")),
    STAGING(latency(
                    "tributary_consumer_staging_seconds",
                    "Time from reading a link's first record until the link was created.")
            .as("StagingLatency")),
    UPLOAD(latency("tributary_consumer_upload_seconds", "Time that a link took to be created, from its first try on.")
            .as("UploadLatency")),
    LAG(gauge(
                    "tributary_consumer_lag_records_sum",
                    MetricUnit.COUNT,
                    "Offsets between positions and log ends, summed; absent while one of them is not known.")
            .as("OffsetLag")),
    PARTITION_LAG(gauge(
                    "tributary_consumer_lag_records",
                    MetricUnit.COUNT,
                    "Offsets between the position and the end of the log; absent while not known.")
            .by("topic", "partition")
            .as("MaxOffsetLag", Fold.MAX)),
    UNKNOWN_LAG(
            gauge("tributary_consumer_unknown_lag_partitions", MetricUnit.COUNT, "Partitions whose lag is not known.")
                    .as("UnknownLagPartitions")),
    STALLED(gauge(
                    "tributary_consumer_seconds_since_progress",
                    MetricUnit.SECONDS,
                    "Time that the partition which moved longest ago has stood, with something to read.")
            .as("SecondsSinceProgress", Fold.MAX)),
    ASSIGNED(gauge("tributary_consumer_assigned_partitions", MetricUnit.COUNT, "Partitions that this process reads.")
            .as("AssignedPartitions")),
    RECOVERING(gauge(
                    "tributary_consumer_recovering_partitions",
                    MetricUnit.COUNT,
                    "Partitions whose chain's end is not known yet.")
            .as("RecoveringPartitions")),
    PAUSED(gauge(
                    "tributary_consumer_paused_partitions",
                    MetricUnit.COUNT,
                    "Partitions that are not read at the moment.")
            .as("PausedPartitions")),
    FAILING(gauge(
                    "tributary_consumer_failing_operations",
                    MetricUnit.COUNT,
                    "Operations that fail at the moment and are tried again.")
            .as("FailingOperations")),
    BUFFER_USED(gauge(
                    "tributary_consumer_buffer_used_percent",
                    MetricUnit.PERCENT,
                    "Memory held by what is read and not yet written, of its bound.")
            .as("BufferUtilization", Fold.MAX)),
    BUFFERED(gauge(
            "tributary_consumer_buffered_bytes", MetricUnit.BYTES, "Memory held by what is read and not yet written.")),
    BUFFER_LIMIT(gauge("tributary_consumer_buffer_limit_bytes", MetricUnit.BYTES, "The bound on buffered bytes."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of what cannot change
    private final MetricSpec spec;

    ConsumerMetric(MetricSpec spec) {
        this.spec = spec;
    }

    @Override
    public MetricSpec spec() {
        return spec;
    }
}
