package io.tributary.producer.sink.kafka;

import io.tributary.checkpoint.PublishedCount;
import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.daemon.MonotonicClock;
import io.tributary.kafka.KafkaSettings;
import io.tributary.producer.sink.RecordSink;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import io.tributary.producer.sink.SinkSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions of a transactional producer. The transactional id is the source's name, so that whoever opens a session
 * last is the only one who can commit. Confined to one thread but for {@link #abandon}; closing it closes its client.
 */
public final class KafkaRecordSink implements RecordSink, AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration CHECKPOINT_PATIENCE = Duration.ofMinutes(3);
    private static final long WATCH_EVERY_MS = 1_000;
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private final KafkaSettings kafka;
    private final String source;
    private final String topic;
    private final MonotonicClock clock;
    private final Admin admin;
    private volatile @Nullable Producer<byte[], byte[]> current;
    private volatile @Nullable Consumer<byte[], byte[]> reading;
    private volatile boolean abandoned;

    /** A sink for one source. */
    public KafkaRecordSink(KafkaSettings kafka, String source, String topic, MonotonicClock clock) {
        this.kafka = kafka;
        this.source = source;
        this.topic = topic;
        this.clock = clock;
        this.admin = Admin.create(kafka.properties(Map.of("client.id", "tributary-" + source)));
    }

    @Override
    public SinkSession open() throws SinkException {
        TopicFinder finder = new TopicFinder(admin, topic, ANSWER);
        Topics topics = finder.find();
        Producer<byte[], byte[]> producer = new KafkaProducer<>(producerProperties());
        current = producer;
        try {
            if (abandoned) {
                throw new SinkException(Remedy.NONE, "the process is about to end");
            }
            producer.initTransactions();
            CheckpointLog.Found found = readCheckpoint(topics);
            if (found.checkpoint().isPresent()) {
                refuseNewIncarnations(topics, found.checkpoint().get());
            }
            return new KafkaSinkSession(producer, source, topics, new Watch(finder, topics), found, MAX_REQUEST_BYTES);
        } catch (KafkaException | IllegalStateException failed) {
            producer.close(Duration.ZERO);
            throw Failure.of("beginning a session with Kafka", failed);
        } catch (SinkException failed) {
            producer.close(Duration.ZERO);
            throw failed;
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        admin.close(Duration.ZERO);
        Consumer<byte[], byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        Producer<byte[], byte[]> producer = current;
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private CheckpointLog.Found readCheckpoint(Topics topics) throws SinkException {
        List<TopicPartition> partitions =
                CheckpointLog.partitions(topics.checkpoints().partitions());
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                    .all()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
        } catch (ExecutionException failed) {
            throw Failure.of("looking for the end of " + SourceCheckpoint.TOPIC, failed);
        } catch (TimeoutException noAnswer) {
            throw new SinkException(Remedy.WAIT, "Kafka does not answer within " + ANSWER.toSeconds() + " s", noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SinkException(Remedy.NONE, "interrupted while asking Kafka", stopped);
        }
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties())) {
            reading = consumer;
            return new CheckpointLog(consumer, source, clock, CHECKPOINT_PATIENCE).read(ends);
        } finally {
            reading = null;
        }
    }

    private static void refuseNewIncarnations(Topics topics, SourceCheckpoint checkpoint) throws SinkException {
        for (Topic now : List.of(topics.data(), topics.rejects())) {
            Set<String> before = checkpoint.published().stream()
                    .filter(count -> count.topic().equals(now.name()))
                    .map(PublishedCount::incarnation)
                    .collect(Collectors.toSet());
            if (!before.isEmpty() && !before.contains(now.id())) {
                throw recreated(now.name(), checkpoint.source());
            }
        }
    }

    private static SinkException recreated(String topic, String source) {
        return new SinkException(
                Remedy.NONE,
                "topic " + topic + " was deleted and created again since source " + source
                        + " published to it: what it published is gone; to publish everything again use another "
                        + "source name (source.name)");
    }

    private Map<String, Object> producerProperties() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("compression.type", "lz4");
        defaults.put("linger.ms", "20");
        defaults.put("batch.size", "131072");
        defaults.put("buffer.memory", "50331648");
        defaults.put("transaction.timeout.ms", "60000");
        Map<String, Object> ours = new LinkedHashMap<>();
        defaults.forEach((name, value) -> {
            if (!kafka.client().containsKey(name)) {
                ours.put(name, value);
            }
        });
        ours.put("client.id", "tributary-" + source);
        ours.put("transactional.id", "tributary-" + source);
        ours.put("enable.idempotence", "true");
        ours.put("acks", "all");
        ours.put("max.request.size", Integer.toString(MAX_REQUEST_BYTES));
        ours.put("key.serializer", ByteArraySerializer.class.getName());
        ours.put("value.serializer", ByteArraySerializer.class.getName());
        return kafka.properties(ours);
    }

    private Map<String, Object> consumerProperties() {
        return kafka.properties(Map.of(
                "client.id",
                "tributary-" + source + "-checkpoint",
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                "false",
                "key.deserializer",
                ByteArrayDeserializer.class.getName(),
                "value.deserializer",
                ByteArrayDeserializer.class.getName()));
    }

    /** Asks for the topics' ids again, at most once a second. */
    private final class Watch implements KafkaSinkSession.TopicWatch {
        private final TopicFinder finder;
        private final Topics topics;
        private long last = clock.millis();

        Watch(TopicFinder finder, Topics topics) {
            this.finder = finder;
            this.topics = topics;
        }

        @Override
        public void check() throws SinkException {
            long now = clock.millis();
            if (now - last < WATCH_EVERY_MS) {
                return;
            }
            last = now;
            for (Topic topicBefore : List.of(topics.data(), topics.rejects())) {
                if (!finder.idOf(topicBefore.name()).equals(topicBefore.id())) {
                    throw recreated(topicBefore.name(), source);
                }
            }
        }
    }
}
