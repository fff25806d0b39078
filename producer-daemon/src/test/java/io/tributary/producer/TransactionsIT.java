package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.testing.KafkaCluster;
import io.tributary.testing.Signal;
import io.tributary.testing.Topics;
import io.tributary.testing.UniqueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, and transactions that end without their producer, or lose their coordinator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionsIT {
    private static final String RECORDS = "tributary_producer_records_total";
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int ROWS = 20_000;

    private final KafkaCluster kafka;
    private final Admin admin;
    private final Path folder;

    TransactionsIT(@TempDir Path folder) {
        this.folder = folder;
        kafka = KafkaCluster.start(
                folder.resolve("kafka"), 3, "transaction.abort.timed.out.transaction.cleanup.interval.ms=200");
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @BeforeAll
    void createCheckpoints() {
        Topics.create(admin, topic(SourceCheckpoint.TOPIC).configs(Map.of("cleanup.policy", "compact")));
    }

    @AfterAll
    void close() {
        admin.close();
        kafka.close();
    }

    @Test
    void frozenForLongerThanATransactionMayTakeItSaysSoAndTheNextPublishesEachRowOnce() throws Exception {
        String source = source();
        String impatient =
                config(source, "source.follow = true\nkafka.client { \"transaction.timeout.ms\" = 10000 }\n");
        try (ProducerProcess producer = ProducerProcess.start(folder, impatient)) {
            await().atMost(LONG).until(() -> producer.metric(RECORDS) > 0);
            await().atMost(LONG).until(() -> isFrozenInATransaction(producer, source));
            await().atMost(LONG).until(() -> transaction(source).state() == TransactionState.COMPLETE_ABORT);
            producer.process().signal(Signal.CONT);

            assertThat(producer.exitCode()).isEqualTo(1);
            assertThat(producer.error())
                    .startsWith("producer-daemon: ")
                    .contains(
                            "another process publishes this source (the same source.name), or this one stood still for "
                                    + "longer than a transaction may take; run one of them only");
        }
        try (ProducerProcess next = ProducerProcess.start(folder, config(source, ""))) {
            assertThat(next.exitCode()).as(next.process().stderr().toString()).isZero();
        }
        requireEachRowOnce(source);
    }

    @Test
    void theTransactionsCoordinatorIsKilledInTheMiddleAndEachRowIsPublishedOnce() throws Exception {
        String source = source();
        String config = config(source, "batch { max-records = 300, max-age = 100ms }\n");
        try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
            await().atMost(LONG).until(() -> producer.metric(RECORDS) >= 3_000);
            int coordinator = transaction(source).coordinatorId();
            kafka.node(coordinator).kill9();

            assertThat(producer.exitCode())
                    .as(producer.process().stderr().toString())
                    .isZero();
            assertThat(producer.process().stderr())
                    .noneMatch(line -> line.contains(" ERROR ") || line.contains("publishing begins anew"));
            assertThat(transaction(source).coordinatorId()).isNotEqualTo(coordinator);
            kafka.node(coordinator).restart();
        }
        requireEachRowOnce(source);
    }

    /** Freezes it, and lets it go again where it was between two transactions. */
    private boolean isFrozenInATransaction(ProducerProcess producer, String source) throws Exception {
        producer.process().signal(Signal.STOP);
        if (transaction(source).state() == TransactionState.ONGOING) {
            return true;
        }
        producer.process().signal(Signal.CONT);
        return false;
    }

    private TransactionDescription transaction(String source) throws ExecutionException, InterruptedException {
        String id = "tributary-" + source;
        return admin.describeTransactions(List.of(id)).description(id).get();
    }

    private void requireEachRowOnce(String source) {
        assertThat(KafkaTopics.readCommitted(kafka.bootstrapServers(), source))
                .extracting(found -> new String(found.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).mapToObj(TransactionsIT::row).toList());
    }

    /** A source of that name has its file, and its topics. */
    private String source() throws Exception {
        String name = UniqueName.of("transactions");
        Topics.create(admin, topic(name), topic(name + ".rejected"));
        Files.write(
                file(name),
                IntStream.range(0, ROWS).mapToObj(TransactionsIT::row).toList());
        return name;
    }

    private String config(String source, String more) {
        String servers = List.of(kafka.bootstrapServers().split(",", -1)).stream()
                .map(server -> '"' + server + '"')
                .collect(Collectors.joining(", "));
        return "source { name = " + source + ", paths = [\"" + file(source) + "\"], max-rate = 2000 }\ntopic = "
                + source + "\nkafka.bootstrap-servers = [" + servers + "]\n" + more;
    }

    private Path file(String source) {
        return folder.resolve(source + ".ndjson");
    }

    /** With as many replicas as the brokers give. */
    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(3), Optional.empty());
    }

    private static String row(int row) {
        return "{\"id\":" + row + "}";
    }
}
