package io.tributary.consumer.metrics;

import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.staging.CutReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/** The counters and gauges of this program. Safe for many threads. */
public final class ConsumerMetrics {
    private static final String PREFIX = "tributary_consumer_";

    private final Metrics metrics;
    private final Counter records;
    private final Counter bytesRead;
    private final Counter bytesWritten;
    private final Counter undecodable;
    private final Counter taken;
    private final Counter retries;
    private final Counter dropped;
    private final Map<CutReason, Counter> links = new EnumMap<>(CutReason.class);

    public ConsumerMetrics(Metrics metrics) {
        this.metrics = metrics;
        records = counter("records_staged", "Records in links that this process created.");
        bytesRead = counter("read_bytes", "Bytes of keys and values read from Kafka.");
        bytesWritten = counter("written_bytes", "Compressed bytes of links that this process created.");
        undecodable = counter("undecodable_records", "Records staged with an error instead of a value.");
        taken = counter(
                "names_taken", "Links whose name was taken: by another writer, or by us and the answer got lost.");
        retries = counter("retries", "Operations on the store or the cluster that failed and were tried again.");
        dropped = counter(
                "dropped_records",
                "Records dropped from buffers, to be read again or because their topic was re-created.");
        for (CutReason reason : CutReason.values()) {
            links.put(
                    reason,
                    metrics.counter(
                            PREFIX + "links_total",
                            "Links that this process created, by why they were closed.",
                            Map.of("cut", reason.label())));
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
    public void gauge(String name, String help, DoubleSupplier value) {
        metrics.gauge(PREFIX + name, help, value);
    }

    /** A partition's lag, until told otherwise; one that is not known has no gauge rather than a wrong one. */
    public void partitionLag(String topic, int partition, OptionalLong lag) {
        if (lag.isEmpty()) {
            removePartition(topic, partition);
            return;
        }
        double value = lag.getAsLong();
        metrics.gauge(
                PREFIX + "lag_records",
                "Offsets between the position and the end of the log; absent while not known.",
                labels(topic, partition),
                () -> value);
    }

    /** The lag of all partitions together, with no gauge while one of them is not known. */
    public void lag(OptionalLong sum) {
        if (sum.isEmpty()) {
            metrics.removeGauge(PREFIX + "lag_records_sum", Map.of());
            return;
        }
        double value = sum.getAsLong();
        gauge(
                "lag_records_sum",
                "Offsets between positions and log ends, summed; absent while one of them is not known.",
                () -> value);
    }

    /** Forgets a partition's gauges. */
    public void removePartition(String topic, int partition) {
        metrics.removeGauge(PREFIX + "lag_records", labels(topic, partition));
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

    private Counter counter(String name, String help) {
        return metrics.counter(PREFIX + name + "_total", help);
    }
}
