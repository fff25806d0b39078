package io.tributary.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.config.ExpiredPolicy;
import io.tributary.consumer.encode.BufferBudget;
import io.tributary.consumer.encode.EncoderPool;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.upload.Retrier;
import io.tributary.consumer.upload.UploadHealth;
import io.tributary.consumer.upload.Uploader;
import io.tributary.daemon.Backoff;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);
    private static final ChainId CHAIN = new ChainId("topic", "id", 0);
    private static final long LOG_START = 10;

    private final MonotonicClock clock = MonotonicClock.system();
    private final Mailbox mailbox = new Mailbox();
    private final InMemoryStagingStore store = new InMemoryStagingStore();
    private final EncoderPool encoders = EncoderPool.start(1, 1, 1, mailbox::fail, MonotonicClock.system());
    private final Retrier retrier = new Retrier(
            1,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
            new UploadHealth(clock, Duration.ZERO),
            () -> {},
            mailbox::fail);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Partitions partitions = new Partitions(
            consumer,
            new WriterSetup(
                    new RollPolicy(1, 1, Duration.ofDays(1), Duration.ofDays(1)),
                    Compression.GZIP,
                    "writer",
                    encoders,
                    new BufferBudget(1 << 20),
                    new Uploader(store, (topic, since) -> Optional.of("id"), retrier),
                    mailbox,
                    new ConsumerMetrics(new Metrics()),
                    clock),
            new ChainRecovery(new Cluster(), store, retrier),
            new Commits(consumer),
            ExpiredPolicy.FAIL);

    @AfterEach
    void close() {
        retrier.close();
        encoders.close();
    }

    @Test
    void whatFailsWithinARebalanceEndsTheProgramAfterItAndKeepsItsType() {
        store.create(
                LinkName.first(CHAIN),
                new LinkMetadata(
                        10,
                        0,
                        "sha256:00",
                        Optional.empty(),
                        "other",
                        CutReason.AGE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Compression.GZIP),
                new io.tributary.consumer.store.LinkBody(List.of()));
        consumer.assign(List.of(PARTITION));
        partitions.onPartitionsAssigned(List.of(PARTITION));
        await().until(() -> {
            mailbox.runAll();
            return partitions.writer(PARTITION).isPresent();
        });
        mailbox.post(() -> {
            throw new RecordsExpiredException(CHAIN, 20, 50);
        });
        byte[] value = {'1'};
        partitions
                .writer(PARTITION)
                .orElseThrow()
                .append(List.of(new ConsumerRecord<>("topic", 0, 10, new byte[0], value)), 1000, clock.millis());

        // As Kafka's client would ask for it: whatever is thrown at the client loses its type there.
        assertThatCode(() -> partitions.onPartitionsRevoked(List.of(PARTITION))).doesNotThrowAnyException();
        assertThatThrownBy(mailbox::runAll)
                .isExactlyInstanceOf(RecordsExpiredException.class)
                .hasMessage("topic-0: offsets [20, 50) expired before they were staged: the chain of incarnation id "
                        + "ends at 20 and the log starts at 50; set on-expired = record-gap to go on without them and "
                        + "record the gap");
        assertThat(partitions.assigned()).isEmpty();
    }

    private static final class Cluster implements ChainRecovery.Cluster {
        @Override
        public Map<String, String> topicIds(Collection<String> topics) {
            return Map.of("topic", "id");
        }

        @Override
        public Map<TopicPartition, Long> logStarts(Collection<TopicPartition> asked) {
            return asked.stream().collect(Collectors.toMap(partition -> partition, x -> LOG_START));
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed() {
            return Map.of();
        }
    }
}
