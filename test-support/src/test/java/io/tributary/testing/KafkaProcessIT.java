package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaProcessIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void servesOnLoopbackOnlyAndStopsCleanly() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.start(directory)) {
            createTopic(kafka, "orders");

            assertThat(ListeningSockets.of(kafka.process().pid()))
                    .hasSize(2)
                    .allMatch(socket -> socket.getAddress().isLoopbackAddress())
                    .anyMatch(socket -> socket.getPort() == kafka.port());
            assertThat(kafka.stop()).isZero();
            assertThat(kafka.process().stdout())
                    .containsExactly("ready {\"name\":\"kafka\",\"port\":" + kafka.port() + "}");
        }
    }

    @Test
    void keepsWhatItAcknowledgedThroughAKillAndDropsWhatWasNotCommitted() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.start(directory)) {
            createTopic(kafka, "orders");
            List<String> committed = values("committed", 2_000);
            try (KafkaProducer<String, String> producer = producer(kafka, "writer")) {
                producer.initTransactions();
                transaction(producer, committed);
                producer.commitTransaction();
                transaction(producer, values("aborted", 500));
                producer.abortTransaction();
                transaction(producer, values("open", 500));
                kafka.kill9();
                producer.close(Duration.ZERO);
            }
            kafka.restart();
            try (KafkaProducer<String, String> successor = producer(kafka, "writer")) {
                successor.initTransactions();
            }

            assertThat(readCommitted(kafka, "orders")).containsExactlyElementsOf(committed);
        }
    }

    @Test
    void goesOnWithItsDataOnAnotherPort() throws Exception {
        int firstPort;
        try (KafkaProcess kafka = KafkaProcess.start(directory)) {
            firstPort = kafka.port();
            createTopic(kafka, "orders");
            assertThat(kafka.stop()).isZero();
        }
        try (KafkaProcess kafka = KafkaProcess.start(directory)) {
            assertThat(kafka.port()).isNotEqualTo(firstPort);
            assertThat(topics(kafka)).contains("orders");
        }
    }

    @Test
    void refusesADataDirectoryInUse() {
        try (KafkaProcess kafka = KafkaProcess.start(directory);
                JavaProcess second = KafkaProcess.command(directory, 0).start()) {
            assertThat(second.exitCode(SOON)).isEqualTo(1);
            assertThat(second.stderr())
                    .containsExactly("kafka: data directory " + directory.toAbsolutePath()
                            + " is in use by another running server; stop that one or choose another directory");
            assertThat(kafka.process().isAlive()).isTrue();
        }
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (JavaProcess kafka =
                    KafkaProcess.command(directory, taken.getLocalPort()).start()) {
                assertThat(kafka.exitCode(SOON)).isEqualTo(1);
                assertThat(kafka.stderr())
                        .containsExactly("kafka: port " + taken.getLocalPort()
                                + " on 127.0.0.1 is in use; choose another port, or 0 for any free one");
            }
        }
    }

    @Test
    void namesAnUnknownOption() {
        try (JavaProcess kafka =
                KafkaProcess.command(directory, 0).arguments("--ports").start()) {
            assertThat(kafka.exitCode(SOON)).isEqualTo(2);
            assertThat(kafka.stderr()).anyMatch(line -> line.contains("Unknown option: '--ports'"));
        }
    }

    /** A limit on the size of files stands for the full disk: both fail the write. */
    @Test
    void endsWithAClearMessageWhenItsDiskTakesNoMore() throws Exception {
        List<String> limited = List.of("sh", "-c", "ulimit -f 32768; exec \"$0\" \"$@\"");
        try (JavaProcess process = KafkaProcess.command(directory, 0).start(limited)) {
            String ready = process.awaitStdout(line -> line.startsWith("ready "), SOON);
            String address = "127.0.0.1:" + ready.replaceAll("\\D", "");
            createTopic(address, "orders");
            Map<String, Object> config = Map.of(
                    "bootstrap.servers",
                    address,
                    "max.block.ms",
                    5_000,
                    "delivery.timeout.ms",
                    5_000,
                    "request.timeout.ms",
                    4_000,
                    "linger.ms",
                    0);
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < 24; i++) {
                    Future<RecordMetadata> failsSoonerOrLater =
                            producer.send(new ProducerRecord<>("orders", new byte[1_000_000]));
                    assertThat(failsSoonerOrLater).isNotNull();
                }
                assertThat(process.exitCode(SOON)).isEqualTo(1);
            }
            assertThat(process.stderr()).anyMatch(line -> line.startsWith("kafka: the broker gave up"));
        }
    }

    private static void createTopic(KafkaProcess kafka, String topic) throws Exception {
        createTopic(kafka.bootstrapServers(), topic);
    }

    private static void createTopic(String address, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static Iterable<String> topics(KafkaProcess kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private static KafkaProducer<String, String> producer(KafkaProcess kafka, String transactionalId) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        transactionalId,
                        "max.block.ms",
                        30_000,
                        "delivery.timeout.ms",
                        30_000,
                        "request.timeout.ms",
                        20_000,
                        "linger.ms",
                        5),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void transaction(KafkaProducer<String, String> producer, List<String> values) throws Exception {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String value : values) {
            sent.add(producer.send(new ProducerRecord<>("orders", value)));
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private static List<String> values(String stem, int count) {
        return IntStream.range(0, count).mapToObj(i -> stem + "-" + i).toList();
    }

    private static List<String> readCommitted(KafkaProcess kafka, String topic) {
        List<String> found = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(1))) {
                    found.add(each.value());
                }
            }
        }
        return found;
    }
}
