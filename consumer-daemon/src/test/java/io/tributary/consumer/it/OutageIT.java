package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.StagedLine;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.KafkaProcess;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {
    @TempDir
    Path directory;

    @Test
    void whileTheStoreIsAwayItIsNotReadyAndLosesNothing() {
        Path target = Path.of("target").toAbsolutePath().resolve(UniqueName.of("outage-s3"));
        try (S3Process s3 = S3Process.start(target);
                Lab lab = new Lab(directory, 3, SandboxProcesses.kafka().bootstrapServers(), s3.endpoint())) {
            lab.set("roll.max-records", "300").set("roll.max-age", "300ms").set("memory.max-buffered", "4MiB");
            try (Load load = new Load(lab, 6000)) {
                JavaProcess daemon = lab.start("one");
                lab.awaitStagedBy(daemon, 1000);
                await().until(() -> lab.health(daemon, "/ready").isPresent());
                s3.kill9();
                awaitComplaint(lab, daemon, "operations fail and are tried again, such as: s3 put ");
                long before = load.produced();
                await().until(() -> load.produced() > before + 20_000);
                s3.restart();
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> lab.health(daemon, "/ready").isPresent());
                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(daemon.stop()).isZero();
                lab.requireExactly(load::expected);
            }
        }
    }

    @Test
    void stoppedWhileTheStoreIsAwayItEndsInTimeAndTheNextReadsItAgain() {
        Path target = Path.of("target").toAbsolutePath().resolve(UniqueName.of("stop-s3"));
        try (S3Process s3 = S3Process.start(target);
                Lab lab = new Lab(directory, 3, SandboxProcesses.kafka().bootstrapServers(), s3.endpoint())) {
            lab.set("roll.max-age", "300ms");
            lab.produce(0, 300);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(300);
            s3.kill9();
            lab.produce(300, 600);
            await().until(() -> lab.metric(daemon, "failing_operations") > 0);
            Instant told = InstantSource.system().instant();
            assertThat(daemon.stop()).isZero();
            assertThat(Duration.between(told, InstantSource.system().instant())).isLessThan(Duration.ofSeconds(10));
            assertThat(daemon.stderr())
                    .anyMatch(line -> line.contains("not all that was read could be staged in time; it stays in Kafka "
                                    + "and is read again")
                            && line.contains("records=\"300\""));
            s3.restart();
            JavaProcess next = lab.start("one");
            lab.awaitStaged(600);
            assertThat(next.stop()).isZero();
        }
    }

    @Test
    void aFullDiskOfTheStoreIsNamedAndLosesNothing() {
        Path target = Path.of("target").toAbsolutePath().resolve(UniqueName.of("full-s3"));
        try (S3Process s3 = S3Process.startOnSmallDisk(target, 256);
                Lab lab = new Lab(directory, 1, SandboxProcesses.kafka().bootstrapServers(), s3.endpoint())) {
            lab.set("roll.max-age", "2s");
            lab.produce(0, 100);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(100);
            lab.produceWide(2000);
            awaitComplaint(lab, daemon, "operations fail and are tried again, such as: s3 put ");
            assertThat(lab.staged()).isEqualTo(100);

            s3.restart();
            lab.awaitStaged(2100);
            assertThat(daemon.stop()).isZero();
            assertThat(daemon.stderr())
                    .anyMatch(line -> line.contains("failed; trying again"))
                    .anyMatch(line -> line.contains("succeeded at last"));
            assertThat(lab.read(0).lines())
                    .extracting(StagedLine::offset)
                    .containsExactlyElementsOf(LongStream.range(0, 2100).boxed().toList());
        }
    }

    private static void awaitComplaint(Lab lab, JavaProcess daemon, String why) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lab.complaint(daemon))
                        .hasValueSatisfying(
                                text -> assertThat(text).startsWith("not ok: ").contains(why)));
    }

    @Test
    void whileKafkaIsAwayItIsNotReadyAndGoesOnAfterwards() {
        Path target = Path.of("target").toAbsolutePath().resolve(UniqueName.of("outage-kafka"));
        try (KafkaProcess kafka = KafkaProcess.start(target);
                Lab lab = new Lab(
                        directory,
                        3,
                        kafka.bootstrapServers(),
                        SandboxProcesses.s3().endpoint())) {
            lab.set("roll.max-age", "300ms");
            lab.produce(0, 3000);
            JavaProcess daemon = lab.start("one");
            lab.awaitStagedBy(daemon, 3000);
            kafka.kill9();
            awaitComplaint(lab, daemon, "no broker is connected");
            kafka.restart();
            lab.produce(3000, 5000);
            lab.awaitStaged(5000);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lab.health(daemon, "/ready").isPresent());
            assertThat(daemon.stop()).isZero();
        }
    }
}
