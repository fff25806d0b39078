package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerJarIT {
    private static final String RECORDS = "tributary_producer_records_total";
    private static final InstantSource CLOCK = InstantSource.system();

    private final String servers = SandboxProcesses.kafka().bootstrapServers();
    private final String topic = UniqueName.of("jar");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void allowForASlowMachine() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @BeforeEach
    void createTopics() {
        KafkaTopics.create(servers, topic, 3);
    }

    @Test
    void aFileIsPublishedOnceHoweverOftenItIsAskedFor() throws Exception {
        Path file = write("flights.csv", "id,note\n1,a\n2,\"b\n,\"\"c\"\"\"\n3\n");
        assertThat(run(config(file, ""))).isEqualTo("published 2 records, 1 rejects of 1 files");
        assertThat(run(config(file, ""))).isEqualTo("published 0 records, 0 rejects of 1 files");
        Files.writeString(file, "4,d\n", StandardOpenOption.APPEND);
        assertThat(run(config(file, ""))).isEqualTo("published 1 records, 0 rejects of 1 files");
        assertThat(values(topic))
                .containsExactlyInAnyOrder(
                        "{\"id\":1,\"note\":\"a\"}",
                        "{\"id\":2,\"note\":\"b\\n,\\\"c\\\"\"}",
                        "{\"id\":4,\"note\":\"d\"}");
        assertThat(values(topic + ".rejected"))
                .containsExactly(
                        "{\"source\":\"" + file + "\",\"line\":5,\"from\":25,\"to\":26,\"reason\":\"the row has 1 "
                                + "field, the header 2\",\"raw\":\"3\",\"rawEncoding\":\"utf-8\",\"part\":1,\"parts\":1}");
    }

    @Test
    void beingKilledAgainAndAgainLosesAndDoublesNothing() throws Exception {
        int rows = 30_000;
        Path file = numbered("n.csv", rows);
        String config = config(file, "source.max-rate = 15000\nbatch { max-records = 700, max-age = 100ms }");
        int kills = 0;
        while (true) {
            try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                long enough = 2_000 + 1_500L * kills;
                await().until(() -> !producer.process().isAlive() || producer.metric(RECORDS) >= enough);
                if (!producer.process().isAlive()) {
                    assertThat(producer.exitCode()).isZero();
                    break;
                }
                producer.process().kill9();
                kills++;
            }
        }
        assertThat(kills).isGreaterThan(2);
        assertEachOnce(rows);
    }

    @Test
    void sigtermCommitsWhatIsOpenAndTheNextRunGoesOn() throws Exception {
        int rows = 20_000;
        Path file = numbered("n.csv", rows);
        String slow = config(file, "source.max-rate = 3000\nbatch { max-age = 20s }");
        try (ProducerProcess producer = ProducerProcess.start(folder, slow)) {
            await().until(() -> producer.metric("tributary_producer_phase") == 2);
            assertThat(producer.process().stop()).isZero();
        }
        assertThat(values(topic)).hasSizeBetween(1, rows - 1);
        run(config(file, ""));
        assertEachOnce(rows);
    }

    @Test
    void sigtermUnderLoadEndsAFollowingProducerInTimeAndEachRowItReadIsPublishedOnce() throws Exception {
        int rows = 300_000;
        Path file = numbered("n.csv", rows);
        int published;
        try (ProducerProcess producer =
                ProducerProcess.start(folder, config(file, "source { follow = true, max-rate = 10000 }"))) {
            await().until(() -> producer.metric(RECORDS) >= 20_000);
            Instant told = CLOCK.instant();
            assertThat(producer.process().stop()).isZero();
            assertThat(Duration.between(told, CLOCK.instant())).isLessThan(Duration.ofSeconds(10));
            String said = String.join("\n", producer.process().stdout());
            assertThat(said).matches("published [0-9]+ records, 0 rejects of 1 files");
            published = Integer.parseInt(said.split(" ", -1)[1]);
        }
        assertThat(published).isLessThan(rows);
        assertEachOnce(published);
    }

    @Test
    void aSecondProducerOfTheSameSourceShutsTheFirstOneOut() throws Exception {
        Path file = numbered("n.csv", 20_000);
        String slow = config(file, "source.max-rate = 500\nbatch.max-age = 200ms");
        try (ProducerProcess first = ProducerProcess.start(folder, slow)) {
            await().until(() -> first.metric(RECORDS) > 0);
            run(config(file, ""));
            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(first.error())
                    .contains(
                            "another process publishes this source (the same source.name), or this one stood still for "
                                    + "longer than a transaction may take; run one of them only");
        }
        assertEachOnce(20_000);
    }

    @Test
    void aTopicThatIsCreatedAgainMeanwhileEndsIt() throws Exception {
        Path file = numbered("n.csv", 100_000);
        try (ProducerProcess producer =
                ProducerProcess.start(folder, config(file, "source.max-rate = 1000\nbatch.max-age = 200ms"))) {
            await().until(() -> producer.metric(RECORDS) > 0);
            KafkaTopics.recreate(servers, topic, 3);
            assertThat(producer.exitCode()).isEqualTo(1);
            assertThat(producer.error())
                    .isEqualTo(
                            "producer-daemon: topic " + topic + " was deleted and created again since source " + topic
                                    + " published to it: what it published is gone; to publish everything again use another source "
                                    + "name (source.name)");
        }
    }

    @Test
    void followedFilesArePublishedAsTheyGrow() throws Exception {
        Path file = write("f.csv", "id\n1\n");
        try (ProducerProcess producer = ProducerProcess.start(folder, config(folder, "source.follow = true"))) {
            await().until(() -> producer.metric(RECORDS) == 1);
            Files.writeString(file, "2\n3", StandardOpenOption.APPEND);
            await().until(() -> producer.metric(RECORDS) == 2);
            write("g.ndjson", "{\"id\":4}\n");
            await().until(() -> producer.metric(RECORDS) == 3);
            assertThat(producer.get("/ready")).startsWith("ok: ").endsWith(", 3 records committed\n");
            assertThat(producer.get("/live")).isEqualTo("ok: running\n");
            assertThat(producer.process().stop()).isZero();
        }
        assertThat(values(topic)).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}", "{\"id\":4}");
    }

    @Test
    void whatCannotBeEndsWithCodeTwoAndOneLine() throws Exception {
        Path empty = write("empty.csv", "");
        try (ProducerProcess producer = ProducerProcess.start(folder, config(empty, ""))) {
            assertThat(producer.exitCode()).isEqualTo(2);
            assertThat(producer.process().stderr())
                    .isEqualTo(List.of("producer-daemon: " + empty + ": the file is empty"));
        }
        try (ProducerProcess producer = ProducerProcess.start("--no-such-option")) {
            assertThat(producer.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void aFileThatShrankEndsWithCodeOneAndTheOthersArePublished() throws Exception {
        Path bad = write("bad.csv", "id\n1\n2\n");
        write("good.csv", "id\n3\n");
        run(config(folder, ""));
        Files.writeString(bad, "id\n1\n");
        write("more.csv", "id\n4\n");
        try (ProducerProcess producer = ProducerProcess.start(folder, config(folder, ""))) {
            assertThat(producer.exitCode()).isEqualTo(1);
            assertThat(producer.process().stdout()).isEqualTo(List.of("published 1 records, 0 rejects of 3 files"));
            assertThat(producer.error())
                    .startsWith("producer-daemon: 1 of 3 files were not published: " + bad
                            + ": it shrank from 7 to 5 bytes");
        }
    }

    private void assertEachOnce(int rows) {
        assertThat(KafkaTopics.readCommitted(servers, topic))
                .extracting(found -> new String(
                        found.headers().lastHeader("tributary-ordinal").value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, rows).mapToObj(Integer::toString).toList());
    }

    private String run(String config) {
        try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
            assertThat(producer.exitCode())
                    .as(producer.process().stderr().toString())
                    .isZero();
            return String.join("\n", producer.process().stdout());
        }
    }

    private String config(Path path, String more) {
        return "source { name = \"" + topic + "\", paths = [\"" + path + "\"] }\ntopic = \"" + topic
                + "\"\nkafka.bootstrap-servers = [\"" + servers + "\"]\n" + more + "\n";
    }

    private Path numbered(String name, int rows) throws IOException {
        StringBuilder content = new StringBuilder("id,note\n");
        for (int row = 0; row < rows; row++) {
            content.append(row).append(row % 10 == 0 ? ",\"two\nlines\"\n" : ",one line\n");
        }
        return write(name, content.toString());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<String> values(String name) {
        return KafkaTopics.readCommitted(servers, name).stream()
                .map(ConsumerRecord::value)
                .map(value -> new String(value, UTF_8))
                .toList();
    }
}
