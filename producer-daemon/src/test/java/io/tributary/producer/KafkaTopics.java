package io.tributary.producer;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.testing.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Topics of a broker, for tests: created as a sandbox would, and read as a consumer would. */
public final class KafkaTopics {
    private KafkaTopics() {}

    /** Creates a topic, its rejects, and the checkpoints. */
    public static void create(String servers, String topic, int partitions) {
        try (Admin admin = admin(servers)) {
            Topics.create(
                    admin,
                    new NewTopic(topic, partitions, (short) 1),
                    new NewTopic(topic + ".rejected", 1, (short) 1),
                    new NewTopic(SourceCheckpoint.TOPIC, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        }
    }

    /** Deletes a topic and creates it again. */
    public static void recreate(String servers, String topic, int partitions) {
        try (Admin admin = admin(servers)) {
            admin.deleteTopics(List.of(topic)).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic));
            Topics.create(admin, new NewTopic(topic, partitions, (short) 1));
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** All committed records. */
    public static List<ConsumerRecord<byte[], byte[]>> readCommitted(String servers, String topic) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "key.deserializer",
                ByteArrayDeserializer.class.getName(),
                "value.deserializer",
                ByteArrayDeserializer.class.getName()))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }
}
