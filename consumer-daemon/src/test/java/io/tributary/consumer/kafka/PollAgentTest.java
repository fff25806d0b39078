package io.tributary.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.config.ExpiredPolicy;
import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.encode.BufferBudget;
import io.tributary.consumer.encode.EncoderPool;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.consumer.store.FaultyStagingStore;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.InMemoryStagingStore.Stored;
import io.tributary.consumer.upload.Retrier;
import io.tributary.consumer.upload.UploadHealth;
import io.tributary.consumer.upload.Uploader;
import io.tributary.daemon.Backoff;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.kafka.KafkaSettings;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.StagedLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Two whole readers with their threads, on a log and a store that are fakes: partitions move between them, at times
 * both read the same ones, and the store fails. What is real is everything between.
 */
class PollAgentTest {
    private static final String TOPIC = "topic";
    private static final int PARTITIONS = 3;

    private final InMemoryStagingStore store = new InMemoryStagingStore();
    private final Map<TopicPartition, List<Long>> log =
            new TreeMap<>((left, right) -> Integer.compare(left.partition(), right.partition()));
    private final List<Throwable> deaths = new CopyOnWriteArrayList<>();

    @RepeatedTest(12)
    void eachRecordIsStagedOnceWhateverHappens(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<Long> offsets = new ArrayList<>();
            for (long offset = random.nextInt(5); offset < 4000; offset += 1 + random.nextInt(4)) {
                offsets.add(offset);
            }
            log.put(new TopicPartition(TOPIC, partition), offsets);
        }
        try (Member one = new Member("one", 40_000);
                Member two = new Member("two", 20_000)) {
            for (int step = 0; step < 25; step++) {
                one.consumer.assignSoon(some(random));
                two.consumer.assignSoon(some(random));
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(15)).toNanos());
            }
            two.agent.stop();
            one.consumer.assignSoon(Set.of());
            one.consumer.assignSoon(log.keySet());
            await().atMost(Duration.ofSeconds(60)).until(() -> !deaths.isEmpty() || staged() >= total());
        }
        assertThat(deaths).isEmpty();
        log.forEach((partition, offsets) -> {
            List<Stored> chain = store.chain(chain(partition));
            assertThat(ChainCheck.faults(0, chain.stream().map(Stored::link).toList()))
                    .isEmpty();
            assertThat(chain.stream().flatMap(link -> offsets(link).stream()).toList())
                    .isEqualTo(offsets);
        });
    }

    private Set<TopicPartition> some(Random random) {
        return log.keySet().stream().filter(partition -> random.nextBoolean()).collect(Collectors.toSet());
    }

    private long total() {
        return log.values().stream().mapToLong(List::size).sum();
    }

    private long staged() {
        return log.keySet().stream()
                .flatMap(partition -> store.chain(chain(partition)).stream())
                .mapToLong(link -> link.link().metadata().records())
                .sum();
    }

    private static ChainId chain(TopicPartition partition) {
        return new ChainId(TOPIC, "id", partition.partition());
    }

    private static List<Long> offsets(Stored link) {
        try (InputStream lines = new GZIPInputStream(new ByteArrayInputStream(link.content()))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> StagedLine.parse(line.getBytes(StandardCharsets.UTF_8))
                            .offset())
                    .toList();
        } catch (IOException corrupt) {
            throw new AssertionError(corrupt);
        }
    }

    /** A reader with its threads. */
    private final class Member implements AutoCloseable {
        final LogConsumer consumer = new LogConsumer(log);
        final PollAgent agent;
        private final EncoderPool encoders;
        private final Retrier retrier;
        private final Thread thread;

        Member(String name, long memory) {
            MonotonicClock clock = MonotonicClock.system();
            Mailbox mailbox = new Mailbox();
            UploadHealth health = new UploadHealth(clock, Duration.ZERO);
            encoders = EncoderPool.start(2, 1, 1, mailbox::fail, MonotonicClock.system());
            Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(10));
            retrier = new Retrier(3, backoff, health, () -> {}, mailbox::fail);
            FaultyStagingStore faulty = new FaultyStagingStore(store);
            WriterSetup setup = new WriterSetup(
                    new RollPolicy(97, 100_000, Duration.ofMillis(20), Duration.ofMillis(100)),
                    Compression.GZIP,
                    name,
                    encoders,
                    new BufferBudget(memory),
                    new Uploader(faulty, (topic, since) -> Optional.of("id"), retrier),
                    mailbox,
                    new ConsumerMetrics(new Metrics()),
                    clock);
            Commits commits = new Commits(consumer);
            Partitions partitions = new Partitions(
                    consumer,
                    setup,
                    new ChainRecovery(new FakeCluster(), faulty, retrier),
                    commits,
                    ExpiredPolicy.FAIL);
            GroupConfig group = new GroupConfig(
                    new KafkaSettings(List.of(), Map.of()), List.of(TOPIC), Optional.empty(), "group", name);
            agent = new PollAgent(
                    consumer,
                    group,
                    partitions,
                    commits,
                    setup,
                    new ReaderStatus(clock, health, mailbox::failure, encoders::stuck, Duration.ofSeconds(30)));
            thread = new Thread(this::run, "poll-" + name);
            thread.start();
        }

        private void run() {
            try {
                agent.run();
            } catch (Throwable death) {
                deaths.add(death);
            }
        }

        @Override
        public void close() {
            agent.stop();
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            retrier.close();
            encoders.close();
        }
    }

    private static final class FakeCluster implements ChainRecovery.Cluster {
        @Override
        public Map<String, String> topicIds(Collection<String> topics) {
            return Map.of(TOPIC, "id");
        }

        @Override
        public Map<TopicPartition, Long> logStarts(Collection<TopicPartition> partitions) {
            return new HashSet<>(partitions).stream().collect(Collectors.toMap(partition -> partition, x -> 0L));
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed() {
            return Map.of();
        }
    }
}
