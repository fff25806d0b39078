package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import io.tributary.testing.JavaProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String INTO = "staging.2";

    @TempDir
    Path directory;

    @Test
    void aLinkDeletedByHandIsReadAgainThoughTheReplayIsKilled() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("roll.max-records", "50");
            lab.produce(0, 5_000);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(5_000);
            assertThat(daemon.stop()).isZero();
            StagedChain before = lab.read(0);
            Link gone = before.links().get(before.links().size() / 2);
            String key = gone.name().key(Lab.PREFIX);
            lab.s3.deleteObject(delete -> delete.bucket(lab.bucket).key(key));

            JavaProcess killed = replay(lab, "start", gone);
            await().atMost(DEADLINE).until(() -> generation(lab) > 2);
            killed.kill9();
            JavaProcess replay = replay(lab, "start", gone);
            assertThat(replay.exitCode(DEADLINE)).isZero();
            assertThat(replay.stdout())
                    .singleElement()
                    .asString()
                    .startsWith("replayed " + lab.topic + "/0 into " + INTO + " up to offset 5000: ");

            StagedChain after = StagedChain.read(lab.s3, lab.bucket, INTO, lab.chain(0));
            assertThat(after.lines()).isEqualTo(before.lines());
            JavaProcess diff = replay(lab, "diff", gone);
            assertThat(diff.exitCode(DEADLINE)).isZero();
            assertThat(diff.stdout())
                    .containsExactly(
                            "added offsets " + gone.name().from() + " to "
                                    + (gone.metadata().next() - 1) + ": "
                                    + gone.metadata().records() + " records",
                            "good: " + (5_000 - gone.metadata().records()) + " records are equal, "
                                    + gone.metadata().records() + " differ; staging ends at 5000, " + INTO
                                    + " at 5000; asked for " + gone.range());
        }
    }

    @Test
    void aRangeOfTimeIsThatOfTheOffsetsOfItsRecords() {
        Instant begin =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("roll.max-records", "10");
            try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of())) {
                for (int n = 0; n < 100; n++) {
                    byte[] value = ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8);
                    long second = begin.plusSeconds(n).toEpochMilli();
                    lab.send(producer, new ProducerRecord<>(lab.topic, 0, second, null, value));
                }
            }
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(100);
            assertThat(daemon.stop()).isZero();
            Link gone = lab.read(0).links().get(3);
            assertThat(gone.range()).isEqualTo(new OffsetRange(30, 40));
            lab.s3.deleteObject(
                    delete -> delete.bucket(lab.bucket).key(gone.name().key(Lab.PREFIX)));

            String from = begin.plusSeconds(20).toString();
            String to = begin.plusSeconds(45).toString();
            assertThat(replay(lab, "start", from, to).exitCode(DEADLINE)).isZero();
            JavaProcess diff = replay(lab, "diff", from, to);
            assertThat(diff.exitCode(DEADLINE)).isZero();
            assertThat(diff.stdout())
                    .containsExactly(
                            "added offsets 30 to 39: 10 records",
                            "good: 90 records are equal, 10 differ; staging ends at 100, " + INTO
                                    + " at 100; asked for [20, 45)");
        }
    }

    private static long generation(Lab lab) {
        return lab.s3
                .listObjectsV2(list -> list.bucket(lab.bucket).prefix(INTO + "/"))
                .keyCount();
    }

    private static JavaProcess replay(Lab lab, String action, Link asked) {
        OffsetRange range = asked.range();
        return replay(lab, action, Long.toString(range.from()), Long.toString(range.next()));
    }

    private static JavaProcess replay(Lab lab, String action, String from, String to) {
        return lab.tool("replay")
                .arguments(action, "--into", INTO, "--topic", lab.topic, "--partition", "0")
                .arguments("--from", from, "--to", to)
                .start();
    }
}
