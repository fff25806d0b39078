package io.tributary.sandbox.cli.client;

import io.tributary.checkpoint.PublishedCount;
import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.sandbox.cli.audit.InKafka;
import io.tributary.sandbox.cli.audit.Published;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed in Kafka, without a group and without leaving a trace. Used by one thread at a time; the owner
 * closes it.
 */
public final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** A poll that gives nothing takes its time: a minute of them. */
    private static final int STILL_POLLS = 300;

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects to {@code host:port}; nothing is read yet. */
    public LogReader(String address) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", address,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "none",
                        "max.poll.records", "20000",
                        "fetch.max.bytes", "16777216",
                        "max.partition.fetch.bytes", "4194304"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Whether nothing but transaction markers lies between where each chain ends and the end of its log.
     *
     * @param chainEnds the next offset of each chain
     * @param logEnds   the end of each log
     */
    public boolean nothingBetween(Map<ChainId, Long> chainEnds, Map<ChainId, Long> logEnds) {
        Map<TopicPartition, Long> open = new HashMap<>();
        Map<TopicPartition, Long> from = new HashMap<>();
        logEnds.forEach((chain, end) -> {
            long next = chainEnds.getOrDefault(chain, 0L);
            if (next < end) {
                open.put(Broker.topicPartition(chain), end);
                from.put(Broker.topicPartition(chain), next);
            }
        });
        consumer.assign(open.keySet());
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(open.keySet());
        from.forEach((partition, next) -> consumer.seek(partition, Math.max(next, begins.getOrDefault(partition, 0L))));
        return read(open, ConsumerRecords::isEmpty);
    }

    /**
     * Counts what can be read.
     *
     * @param partitions the partitions that exist
     * @param chains     the links whose boundaries the counts are kept between
     * @param deep       whether to encode each record as a staged line and take the digests
     */
    public InKafka count(Collection<ChainId> partitions, Map<ChainId, List<Link>> chains, boolean deep) {
        List<TopicPartition> assigned =
                partitions.stream().map(Broker::topicPartition).toList();
        consumer.assign(assigned);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        Map<TopicPartition, SegmentCounter> counters = new HashMap<>();
        Map<ChainId, InKafka.Log> logs = new LinkedHashMap<>();
        for (ChainId chain : partitions) {
            TopicPartition partition = Broker.topicPartition(chain);
            long begin = begins.getOrDefault(partition, 0L);
            long end = Math.max(begin, ends.getOrDefault(partition, 0L));
            OffsetRange retained = new OffsetRange(begin, end);
            counters.put(
                    partition, new SegmentCounter(boundaries(retained, chains.getOrDefault(chain, List.of())), deep));
            consumer.seek(partition, begin);
        }
        Map<TopicPartition, Long> open = new HashMap<>();
        counters.forEach((partition, counter) -> open.put(partition, counter.end()));
        read(open, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                SegmentCounter counter = counters.get(new TopicPartition(record.topic(), record.partition()));
                if (counter != null) {
                    counter.add(record);
                }
            }
            return true;
        });
        for (ChainId chain : partitions) {
            SegmentCounter counter = counters.get(Broker.topicPartition(chain));
            if (counter != null) {
                logs.put(chain, counter.log());
            }
        }
        return new InKafka(logs);
    }

    /** What the latest checkpoint of each source says, summed over the sources. */
    public Published published() {
        TopicPartition partition = new TopicPartition(SourceCheckpoint.TOPIC, 0);
        if (!consumer.listTopics().containsKey(SourceCheckpoint.TOPIC)) {
            return new Published(Map.of());
        }
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        consumer.seekToBeginning(only);
        long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
        Map<String, SourceCheckpoint> latest = new LinkedHashMap<>();
        read(Map.of(partition, end), checkpoints -> {
            for (ConsumerRecord<byte[], byte[]> record : checkpoints) {
                if (record.key() != null && record.value() != null && SourceCheckpoint.isCheckpointKey(record.key())) {
                    SourceCheckpoint checkpoint = SourceCheckpoint.decode(record.value());
                    latest.put(checkpoint.source(), checkpoint);
                }
            }
            return true;
        });
        Map<ChainId, Long> records = new HashMap<>();
        for (SourceCheckpoint checkpoint : latest.values()) {
            for (PublishedCount count : checkpoint.published()) {
                records.merge(
                        new ChainId(count.topic(), count.incarnation(), count.partition()), count.records(), Long::sum);
            }
        }
        return new Published(records);
    }

    /**
     * Reads on until each partition stands at its end.
     *
     * @param more takes what was polled; false ends the reading
     * @return whether all ends were reached
     * @throws TimeoutException if no partition moves for a minute
     */
    private boolean read(Map<TopicPartition, Long> ends, Predicate<ConsumerRecords<byte[], byte[]>> more) {
        long before = -1;
        int still = 0;
        while (true) {
            long positions = 0;
            Optional<TopicPartition> behind = Optional.empty();
            for (Map.Entry<TopicPartition, Long> entry : ends.entrySet()) {
                long position = consumer.position(entry.getKey());
                positions += position;
                behind = position < entry.getValue() ? Optional.of(entry.getKey()) : behind;
            }
            if (behind.isEmpty()) {
                return true;
            }
            still = positions == before ? still + 1 : 0;
            before = positions;
            if (still > STILL_POLLS) {
                throw new TimeoutException(behind.get() + " stands at offset " + consumer.position(behind.get())
                        + " of " + ends.get(behind.get()) + ": the broker gave nothing for a minute");
            }
            if (!more.test(consumer.poll(POLL))) {
                return false;
            }
        }
    }

    private static List<Long> boundaries(OffsetRange retained, List<Link> links) {
        TreeSet<Long> boundaries = new TreeSet<>(List.of(retained.from(), retained.next()));
        for (Link link : links) {
            boundaries.add(link.name().from());
            boundaries.add(link.metadata().next());
        }
        return new ArrayList<>(boundaries.subSet(retained.from(), true, retained.next(), true));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
