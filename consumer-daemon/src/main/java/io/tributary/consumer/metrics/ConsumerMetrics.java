package io.tributary.consumer.metrics;

import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Latency;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.ConsumerMetric;
import io.tributary.staging.CutReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/** The counters and gauges of this program. Safe for many threads. */
public final class ConsumerMetrics {
    private final Metrics metrics;
    private final Counter records;
    private final Counter bytesRead;
    private final Counter bytesWritten;
    private final Counter undecodable;
    private final Counter taken;
    private final Counter retries;
    private final Counter dropped;
    private final Latency staging;
    private final Latency uploading;
    private final Map<CutReason, Counter> links = new EnumMap<>(CutReason.class);

    public ConsumerMetrics(Metrics metrics) {
        this.metrics = metrics;
        records = metrics.counter(ConsumerMetric.RECORDS);
        bytesRead = metrics.counter(ConsumerMetric.READ_BYTES);
        bytesWritten = metrics.counter(ConsumerMetric.WRITTEN_BYTES);
        undecodable = metrics.counter(ConsumerMetric.UNDECODABLE);
        taken = metrics.counter(ConsumerMetric.NAMES_TAKEN);
        retries = metrics.counter(ConsumerMetric.RETRIES);
        dropped = metrics.counter(ConsumerMetric.DROPPED);
        staging = metrics.latency(ConsumerMetric.STAGING);
        uploading = metrics.latency(ConsumerMetric.UPLOAD);
        for (CutReason reason : CutReason.values()) {
            links.put(reason, metrics.counter(ConsumerMetric.LINKS, Map.of("cut", reason.label())));
        }
    }

    /** Bytes of keys and values were read. */
    public void read(long bytes) {
        bytesRead.add(bytes);
    }

    /** A link was created. */
    public void created(CutReason reason, long recordCount, long undecodableCount, long bytes) {
        records.add(recordCount);
        undecodable.add(undecodableCount);
        bytesWritten.add(bytes);
        counterOf(reason).increment();
    }

    /**
     * How long a link took that was created.
     *
     * @param sinceRead   since its first record was read
     * @param sinceUpload since the first try to create it
     */
    public void took(Duration sinceRead, Duration sinceUpload) {
        staging.record(sinceRead);
        uploading.record(sinceUpload);
    }

    /** A link's name was taken. */
    public void nameTaken() {
        taken.increment();
    }

    /** An operation failed and is tried again. */
    public void retried() {
        retries.increment();
    }

    /** Records were dropped from a buffer. */
    public void dropped(long count) {
        dropped.add(count);
    }

    /** How many records are in links that this process created. */
    public long recordsStaged() {
        return records.value();
    }

    /** How many links this process created. */
    public long linksCreated() {
        return links.values().stream().mapToLong(Counter::value).sum();
    }

    /** How many compressed bytes are in links that this process created. */
    public long bytesWritten() {
        return bytesWritten.value();
    }

    /** A gauge of the process. */
    public void gauge(ConsumerMetric metric, DoubleSupplier value) {
        metrics.gauge(metric, value);
    }

    /** A partition's lag, until told otherwise; one that is not known has no gauge rather than a wrong one. */
    public void partitionLag(String topic, int partition, OptionalLong lag) {
        if (lag.isEmpty()) {
            removePartition(topic, partition);
            return;
        }
        double value = lag.getAsLong();
        metrics.gauge(ConsumerMetric.PARTITION_LAG, labels(topic, partition), () -> value);
    }

    /** The lag of all partitions together, with no gauge while one of them is not known. */
    public void lag(OptionalLong sum) {
        if (sum.isEmpty()) {
            metrics.removeGauge(ConsumerMetric.LAG, Map.of());
            return;
        }
        double value = sum.getAsLong();
        gauge(ConsumerMetric.LAG, () -> value);
    }

    /** Forgets a partition's gauges. */
    public void removePartition(String topic, int partition) {
        metrics.removeGauge(ConsumerMetric.PARTITION_LAG, labels(topic, partition));
    }

    /** Where they are kept. */
    public Metrics registry() {
        return metrics;
    }

    /** All of them as Prometheus text. */
    public String prometheus() {
        return metrics.prometheus();
    }

    private Counter counterOf(CutReason reason) {
        Counter counter = links.get(reason);
        if (counter == null) {
            throw new IllegalArgumentException("no counter for " + reason);
        }
        return counter;
    }

    private static Map<String, String> labels(String topic, int partition) {
        return Map.of("topic", topic, "partition", Integer.toString(partition));
    }
}
