package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.KafkaProcess;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import io.tributary.testing.faults.FaultyS3;
import io.tributary.testing.faults.RequestKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class FaultsIT {
    private static final String RECORDS = "tributary_producer_records_total";
    private static final int ROWS = 30_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aBrokerAwayForLongerThanTheDeliveryTimeoutLosesAndDoublesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("n.ndjson"), rows());
        try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"))) {
            KafkaTopics.create(kafka.bootstrapServers(), "out", 3);
            String config = "source { name = out, paths = [\"" + file + "\"], max-rate = 6000 }\ntopic = out\n"
                    + "kafka.bootstrap-servers = [\"" + kafka.bootstrapServers() + "\"]\n"
                    + "kafka.client { \"delivery.timeout.ms\" = 3000, \"request.timeout.ms\" = 2000, "
                    + "\"max.block.ms\" = 3000 }\nbatch { max-records = 1000, max-age = 200ms }\n";
            try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> producer.metric(RECORDS) >= 5_000);
                kafka.kill9();
                // The client gave up, and so did at least one session after it.
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> producer.process().stderr().stream()
                                        .filter(line -> line.contains("publishing begins anew"))
                                        .count()
                                >= 2);
                assertThat(producer.ready()).startsWith("503 not ok: ").contains("Kafka");
                kafka.restart();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> producer.ready().startsWith("200 ok: publishing, "));
                assertThat(producer.exitCode())
                        .as(producer.process().stderr().toString())
                        .isZero();
            }
            requireEachRowOnce(kafka.bootstrapServers(), "out");
        }
    }

    @Test
    void aFifthOfAllReadsOfItsObjectsFailAndEachRowIsPublishedOnce() throws Exception {
        String servers = SandboxProcesses.kafka().bootstrapServers();
        String name = UniqueName.of("faulty-source");
        KafkaTopics.create(servers, name, 2);
        try (FaultyS3 proxy = FaultyS3.inFrontOf(SandboxProcesses.s3().endpoint(), 3)) {
            try (S3Client s3 = SandboxS3.client()) {
                s3.createBucket(bucket -> bucket.bucket(name));
                String[] lines = rows().split("(?<=\n)", -1);
                for (int part = 0; part < 10; part++) {
                    String text = IntStream.range(part * ROWS / 10, (part + 1) * ROWS / 10)
                            .mapToObj(row -> lines[row])
                            .collect(Collectors.joining());
                    String key = "in/" + part + ".ndjson";
                    s3.putObject(put -> put.bucket(name).key(key), RequestBody.fromString(text));
                }
            }
            proxy.breakAll(0.2);
            String config = "source { name = " + name + ", paths = [\"s3://" + name + "/in/\"] }\ntopic = " + name
                    + "\nkafka.bootstrap-servers = [\"" + servers + "\"]\ns3 { region = " + S3Process.REGION
                    + ", endpoint = \"" + proxy.endpoint() + "\", path-style = true, access-key = "
                    + S3Process.ACCESS_KEY + ", secret-key = " + S3Process.SECRET_KEY + " }\n";
            int runs = 0;
            int code = 1;
            while (code != 0 && runs++ < 10) {
                try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                    code = producer.exitCode();
                }
            }
            System.out.print("published after " + runs + " runs\n" + proxy.summary());
            assertThat(code).isZero();
            assertThat(proxy.requests(RequestKind.GET)).isGreaterThanOrEqualTo(10);
            assertThat(proxy.injected()).isPositive();
        }
        requireEachRowOnce(servers, name);
    }

    @Test
    void aHeapThatIsTooSmallEndsTheProcessAndTheNextPublishesEachRowOnce() throws Exception {
        String servers = SandboxProcesses.kafka().bootstrapServers();
        String name = UniqueName.of("heap");
        KafkaTopics.create(servers, name, 2);
        Path file = folder.resolve("wide.ndjson");
        int wide = 40;
        Files.write(
                file,
                IntStream.range(0, wide)
                        .mapToObj(row -> "{\"id\":" + row + ",\"pad\":\"" + "x".repeat(700_000) + "\"}")
                        .toList());
        String config = "source { name = " + name + ", paths = [\"" + file + "\"] }\ntopic = " + name
                + "\nkafka.bootstrap-servers = [\"" + servers + "\"]\n";
        try (ProducerProcess small = ProducerProcess.startWith("-Xmx14m", folder, config)) {
            assertThat(small.exitCode()).isEqualTo(1);
            assertThat(small.process().stderr())
                    .anyMatch(line ->
                            line.startsWith("producer-daemon: ") && line.contains("OutOfMemoryError: Java heap space"));
        }
        try (ProducerProcess large = ProducerProcess.start(folder, config)) {
            assertThat(large.exitCode()).as(large.process().stderr().toString()).isZero();
        }
        assertThat(KafkaTopics.readCommitted(servers, name))
                .extracting(found -> new String(
                        found.headers().lastHeader("tributary-ordinal").value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, wide).mapToObj(Integer::toString).toList());
    }

    private static void requireEachRowOnce(String servers, String topic) {
        assertThat(KafkaTopics.readCommitted(servers, topic))
                .extracting(found -> new String(found.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).mapToObj(FaultsIT::row).toList());
    }

    private static String rows() {
        return IntStream.range(0, ROWS).mapToObj(row -> row(row) + "\n").collect(Collectors.joining());
    }

    private static String row(int row) {
        return "{\"id\":" + row + "}";
    }
}
