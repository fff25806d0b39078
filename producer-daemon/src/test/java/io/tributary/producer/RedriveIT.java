package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedriveIT {
    private final String servers = SandboxProcesses.kafka().bootstrapServers();
    private final String topic = UniqueName.of("redrive");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void beingKilledInTheMiddlePublishesEachRejectOnceAndASecondTimeNothing() throws Exception {
        KafkaTopics.create(servers, topic, 3);
        int rejects = 12_000;
        Path file = folder.resolve("rejects.ndjson");
        Files.write(
                file,
                IntStream.range(0, rejects)
                        .mapToObj(at -> "{\"stage\":\"merge\",\"topic\":\"" + topic
                                + "\",\"_incarnation\":\"i\",\"partition\":0,\"offset\":" + at
                                + ",\"raw\":\"{\\\"n\\\":" + at + "}\",\"key\":\"" + at + "\"}")
                        .toList());
        String config = "source { name = redrive, type = rejects, paths = [\"" + file + "\"], max-rate = 6000 }\n"
                + "topic = \"" + topic + "\"\nkafka.bootstrap-servers = [\"" + servers + "\"]\n"
                + "batch { max-records = 600, max-age = 100ms }\n";
        for (int kills = 0; kills < 2; kills++) {
            try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> producer.metric("tributary_producer_records_total") >= 1_200);
                producer.process().kill9();
            }
        }
        assertThat(run(config)).startsWith("published ");
        assertThat(run(config)).isEqualTo("published 0 records, 0 rejects of 1 files");
        List<String> origins = KafkaTopics.readCommitted(servers, topic).stream()
                .map(found -> new String(
                        found.headers().lastHeader("tributary-redrive").value(), UTF_8))
                .toList();
        assertThat(origins)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rejects)
                        .mapToObj(at -> topic + "/i/0/" + at)
                        .toList());
    }

    private String run(String config) {
        try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
            assertThat(producer.exitCode())
                    .as(producer.process().stderr().toString())
                    .isZero();
            return String.join("\n", producer.process().stdout());
        }
    }
}
