package io.tributary.producer.sink.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** A reader of a simulated cluster's checkpoints. Confined to one thread. */
final class SimulatedReader extends MockConsumer<byte[], byte[]> {
    private final SimulatedKafka kafka;
    private final boolean uncommitted;
    private final int batch;
    private long position;

    SimulatedReader(SimulatedKafka kafka, boolean uncommitted, int batch) {
        super("none");
        this.kafka = kafka;
        this.uncommitted = uncommitted;
        this.batch = batch;
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {}

    @Override
    public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
        position = 0;
    }

    @Override
    public synchronized long position(TopicPartition partition) {
        return position;
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        long end = uncommitted ? kafka.checkpointEnd() : kafka.stableEnd();
        long until = Math.min(end, position + batch);
        if (until == position) {
            kafka.pass(timeout.toMillis());
            return ConsumerRecords.empty();
        }
        TopicPartition partition = CheckpointLog.partitions(1).get(0);
        List<ConsumerRecord<byte[], byte[]>> records = kafka.read(position, until, uncommitted).stream()
                .map(entry -> new ConsumerRecord<>(
                        partition.topic(), 0, entry.offset, entry.key.getBytes(StandardCharsets.UTF_8), entry.value))
                .toList();
        position = until;
        return records.isEmpty()
                ? ConsumerRecords.empty()
                : new ConsumerRecords<>(Map.of(partition, records), Map.of());
    }
}
