package io.tributary.consumer.kafka;

import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.skip.Logs;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the cluster about logs, outside of any group. Owns its client; safe for many threads. */
public final class KafkaLogs implements Logs, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Admin admin;

    private KafkaLogs(Admin admin) {
        this.admin = admin;
    }

    /** Connects; nothing is asked yet. */
    public static KafkaLogs open(GroupConfig group) {
        return new KafkaLogs(KafkaClients.admin(group));
    }

    @Override
    public Optional<Log> of(String topic, int partition) throws ClusterSilentException {
        Optional<TopicDescription> description = describe(topic);
        boolean exists = description.isPresent()
                && description.get().partitions().stream().anyMatch(known -> known.partition() == partition);
        if (!exists) {
            return Optional.empty();
        }
        TopicPartition place = new TopicPartition(topic, partition);
        long start = offset(place, OffsetSpec.earliest());
        long end = offset(place, OffsetSpec.latest());
        return Optional.of(new Log(
                new ChainId(topic, description.get().topicId().toString(), partition),
                new OffsetRange(start, Math.max(start, end))));
    }

    /**
     * The offset that a text names: a number is itself, a time is the first record's that is not older, or the log's end
     * where there is none.
     *
     * @throws UsageException if it is neither
     */
    public long offsetOf(String topic, int partition, String text) throws UsageException, ClusterSilentException {
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeParseException neither) {
            throw new UsageException(
                    "'" + text + "' is neither an offset nor a time such as 2026-05-03T10:00:00Z", neither);
        }
        TopicPartition place = new TopicPartition(topic, partition);
        long found = offset(place, OffsetSpec.forTimestamp(time.toEpochMilli()));
        return found >= 0 ? found : offset(place, OffsetSpec.latest());
    }

    /** The topic's id as it is now; empty if there is no such topic. */
    public Optional<String> incarnation(String topic) throws ClusterSilentException {
        return describe(topic).map(found -> found.topicId().toString());
    }

    private Optional<TopicDescription> describe(String topic) throws ClusterSilentException {
        try {
            return Optional.of(await(Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic))));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw silent(failure);
        }
    }

    /** The end is that of what a consumer can reach: before the first open transaction. */
    private long offset(TopicPartition place, OffsetSpec spec) throws ClusterSilentException {
        try {
            return await(admin.listOffsets(Map.of(place, spec), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .partitionResult(place))
                    .offset();
        } catch (ExecutionException failure) {
            throw silent(failure);
        }
    }

    private static <T> T await(KafkaFuture<T> future) throws ExecutionException, ClusterSilentException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterSilentException("interrupted", interrupted);
        }
    }

    private static ClusterSilentException silent(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new ClusterSilentException("kafka does not answer", cause);
    }

    @Override
    public void close() {
        admin.close(CLOSING);
    }
}
