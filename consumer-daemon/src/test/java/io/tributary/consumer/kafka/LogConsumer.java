package io.tributary.consumer.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own mock consumer, reading a log that is the same for all its members: the one of the given partitions in
 * which only some offsets hold records. Rebalances are asked for by any thread and happen in a poll, as with Kafka.
 */
final class LogConsumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, List<Long>> log;
    private final ConcurrentLinkedQueue<Set<TopicPartition>> assignments = new ConcurrentLinkedQueue<>();
    private @Nullable ConsumerRebalanceListener listener;

    LogConsumer(Map<TopicPartition, List<Long>> log) {
        super("none");
        this.log = log;
    }

    /** Any thread: the next poll gives this member these partitions. */
    void assignSoon(Set<TopicPartition> partitions) {
        assignments.add(partitions);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener callback) {
        listener = callback;
        subscribe(topics);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        for (Set<TopicPartition> next = assignments.poll(); next != null; next = assignments.poll()) {
            reassign(next);
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : assignment()) {
            if (!paused().contains(partition)) {
                List<ConsumerRecord<byte[], byte[]>> records = read(partition);
                positions.put(partition, new OffsetAndMetadata(position(partition)));
                if (!records.isEmpty()) {
                    polled.put(partition, records);
                }
            }
        }
        if (polled.isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        return new ConsumerRecords<>(polled, positions);
    }

    @Override
    public synchronized OptionalLong currentLag(TopicPartition partition) {
        return OptionalLong.empty();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition) {
        long position = position(partition);
        List<Long> offsets = log.getOrDefault(partition, List.of());
        long end = offsets.get(offsets.size() - 1) + 2;
        long until = Math.min(end, position + ThreadLocalRandom.current().nextInt(1, 60));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (long offset : offsets) {
            if (offset >= position && offset < until) {
                byte[] value = ("{\"n\":" + offset + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                records.add(new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        1,
                        TimestampType.CREATE_TIME,
                        0,
                        value.length,
                        new byte[0],
                        value,
                        new RecordHeaders(),
                        Optional.empty()));
            }
        }
        seek(partition, Math.max(position, until));
        return records;
    }

    private void reassign(Set<TopicPartition> next) {
        ConsumerRebalanceListener callback = listener;
        if (callback == null) {
            throw new IllegalStateException("not subscribed");
        }
        Set<TopicPartition> removed = new HashSet<>(assignment());
        removed.removeAll(next);
        Set<TopicPartition> added = new HashSet<>(next);
        added.removeAll(assignment());
        if (!removed.isEmpty()) {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                callback.onPartitionsLost(removed);
            } else {
                callback.onPartitionsRevoked(removed);
            }
        }
        rebalance(next);
        callback.onPartitionsAssigned(added);
    }
}
