package io.tributary.producer.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.daemon.MonotonicClock;
import io.tributary.kafka.KafkaSettings;
import io.tributary.producer.KafkaTopics;
import io.tributary.producer.sink.kafka.KafkaRecordSink;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaRecordSinkIT extends RecordSinkContract {
    private final String servers = SandboxProcesses.kafka().bootstrapServers();
    private final String topic = UniqueName.of("sink");
    private final List<KafkaRecordSink> opened = new ArrayList<>();

    @BeforeEach
    void createTopics() {
        KafkaTopics.create(servers, topic, 3);
    }

    @AfterEach
    void closeSinks() {
        opened.forEach(KafkaRecordSink::close);
    }

    @Override
    RecordSink sink() {
        return sink(topic, topic);
    }

    private RecordSink sink(String source, String target) {
        KafkaRecordSink sink = new KafkaRecordSink(
                new KafkaSettings(List.of(servers), Map.of()), source, target, MonotonicClock.system());
        opened.add(sink);
        return sink;
    }

    @Override
    List<String> committedRows() {
        return values(topic);
    }

    @Override
    List<String> committedRejects() {
        return values(topic + ".rejected");
    }

    @Test
    void keysChooseThePartitionAsKafkasOwnClientsDo() throws Exception {
        try (SinkSession session = sink().open()) {
            for (int key = 0; key < 50; key++) {
                session.append(row("key" + key, "{}"));
            }
            session.commit(state(1, Map.of()));
        }
        for (ConsumerRecord<byte[], byte[]> found : KafkaTopics.readCommitted(servers, topic)) {
            assertThat(found.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(found.key())) % 3);
        }
    }

    @Test
    void theCheckpointCountsWhatEachPartitionHolds() throws Exception {
        try (SinkSession session = sink().open()) {
            for (int batch = 1; batch <= 3; batch++) {
                for (int at = 0; at < 100; at++) {
                    session.append(row("key" + at, "{}"));
                }
                session.commit(state(batch, Map.of()));
            }
        }
        SourceCheckpoint checkpoint = KafkaTopics.readCommitted(servers, SourceCheckpoint.TOPIC).stream()
                .filter(found -> topic.equals(new String(found.key(), StandardCharsets.UTF_8)))
                .reduce((first, last) -> last)
                .map(found -> SourceCheckpoint.decode(found.value()))
                .orElseThrow();
        List<ConsumerRecord<byte[], byte[]>> all = KafkaTopics.readCommitted(servers, topic);
        assertThat(all).hasSize(300);
        checkpoint
                .published()
                .forEach(count -> assertThat(all.stream()
                                .filter(found -> found.partition() == count.partition())
                                .count())
                        .isEqualTo(count.records()));
    }

    @Test
    void anOpenTransactionOfAnotherSourceDoesNotHideOurLastCheckpoint() throws Exception {
        try (KafkaProducer<byte[], byte[]> other = new KafkaProducer<>(Map.of(
                "bootstrap.servers",
                servers,
                "transactional.id",
                topic + "-other",
                "transaction.timeout.ms",
                "3000",
                "key.serializer",
                ByteArraySerializer.class.getName(),
                "value.serializer",
                ByteArraySerializer.class.getName()))) {
            other.initTransactions();
            other.beginTransaction();
            other.send(new ProducerRecord<>(
                            SourceCheckpoint.TOPIC, 0, "other".getBytes(StandardCharsets.UTF_8), new byte[0]))
                    .get();
            try (SinkSession session = sink().open()) {
                session.append(row(null, "1"));
                session.commit(state(7, Map.of()));
            }
            try (SinkSession session = sink().open()) {
                assertThat(session.committed()).isEqualTo(state(7, Map.of()));
            }
        }
    }

    @Test
    void aMissingTopicIsNamed() {
        assertThatThrownBy(() -> sink("s", "no-such-topic").open())
                .hasMessage("topic no-such-topic does not exist; a source needs its topic, TOPIC.rejected and "
                        + "tributary.checkpoints (compacted): create it and start again");
    }

    @Test
    void aTopicThatWasCreatedAgainIsRefused() throws Exception {
        try (SinkSession session = sink().open()) {
            session.append(row(null, "1"));
            session.commit(state(1, Map.of()));
        }
        KafkaTopics.recreate(servers, topic, 3);
        assertThatThrownBy(() -> sink().open())
                .hasMessage("topic " + topic + " was deleted and created again since source " + topic
                        + " published to it: what it published is gone; to publish everything again use another source name "
                        + "(source.name)");
    }

    private List<String> values(String name) {
        return KafkaTopics.readCommitted(servers, name).stream()
                .map(found -> new String(found.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
