package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.KafkaProcess;
import io.tributary.testing.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerOutageIT {
    private static final String RECORDS = "tributary_producer_records_total";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aBrokerThatIsKilledAndComesBackLosesAndDoublesNothing() throws Exception {
        int rows = 40_000;
        StringBuilder content = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            content.append("{\"id\":").append(row).append("}\n");
        }
        Path file = Files.writeString(folder.resolve("n.ndjson"), content);
        try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"))) {
            KafkaTopics.create(kafka.bootstrapServers(), "out", 3);
            String config = "source { name = out, paths = [\"" + file + "\"], max-rate = 6000 }\ntopic = out\n"
                    + "kafka.bootstrap-servers = [\"" + kafka.bootstrapServers() + "\"]\n"
                    + "batch { max-records = 300, max-age = 100ms }\n";
            try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                for (int outage = 1; outage <= 2; outage++) {
                    long enough = 8_000L * outage;
                    await().atMost(Duration.ofSeconds(60)).until(() -> producer.metric(RECORDS) >= enough);
                    kafka.kill9();
                    kafka.restart();
                }
                assertThat(producer.exitCode())
                        .as(producer.process().stderr().toString())
                        .isZero();
            }
            assertThat(KafkaTopics.readCommitted(kafka.bootstrapServers(), "out"))
                    .extracting(found -> new String(found.value(), UTF_8))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows)
                            .mapToObj(row -> "{\"id\":" + row + "}")
                            .toList());
        }
    }

    @Test
    void sigtermEndsAProducerWhoseBrokerIsAway() throws Exception {
        Path file = Files.writeString(folder.resolve("n.ndjson"), "{\"id\":1}\n".repeat(200_000));
        try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"))) {
            KafkaTopics.create(kafka.bootstrapServers(), "out", 3);
            String config = "source { name = out, paths = [\"" + file + "\"], max-rate = 5000 }\ntopic = out\n"
                    + "kafka.bootstrap-servers = [\"" + kafka.bootstrapServers() + "\"]\n";
            try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> producer.metric(RECORDS) > 0);
                kafka.kill9();
                producer.process().signal(Signal.TERM);
                assertThat(producer.process().exitCode(Duration.ofSeconds(10))).isZero();
            }
        }
    }
}
