package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.JavaProcess;
import io.tributary.testing.KafkaCluster;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers: what the daemon stands on moves to another. */
class ClusterIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void theGroupsCoordinatorStopsAndAPartitionsLeaderIsKilledAndEachRecordIsStagedOnce() {
        try (KafkaCluster kafka = KafkaCluster.start(directory.resolve("kafka"), 3);
                Lab lab = new Lab(
                        directory,
                        3,
                        kafka.bootstrapServers(),
                        SandboxProcesses.s3().endpoint())) {
            String group = UniqueName.of("group");
            lab.set("kafka.group", group).set("roll.max-age", "300ms");
            try (Load load = new Load(lab, 2000)) {
                JavaProcess daemon = lab.start("one");
                lab.awaitStagedBy(daemon, 1000);

                int coordinator = coordinator(lab, group);
                assertThat(kafka.node(coordinator).stop()).isZero();
                awaitMoreStaged(lab, load, daemon);
                assertThat(coordinator(lab, group)).isNotEqualTo(coordinator);
                kafka.node(coordinator).restart();
                await().atMost(LONG).until(() -> partitionZero(lab).isr().size() == 3);

                int leader = partitionZero(lab).leader().id();
                kafka.node(leader).kill9();
                awaitMoreStaged(lab, load, daemon);
                assertThat(partitionZero(lab).leader().id()).isNotEqualTo(leader);

                lab.awaitStaged(load.stop());
                lab.requireExactly(load::expected);
                await().atMost(LONG).until(() -> lab.health(daemon, "/ready").isPresent());
                assertThat(daemon.stop()).isZero();
                assertThat(daemon.stderr()).noneMatch(line -> line.contains(" ERROR "));
            }
        }
    }

    /** The same daemon stages what is produced from now on. */
    private static void awaitMoreStaged(Lab lab, Load load, JavaProcess daemon) {
        long more = load.produced() + 1000;
        await().atMost(LONG).until(() -> lab.metric(daemon, "records_staged_total") > more);
    }

    private static int coordinator(Lab lab, String group) {
        return Objects.requireNonNull(Lab.await(
                                lab.admin.describeConsumerGroups(List.of(group)).all())
                        .get(group))
                .coordinator()
                .id();
    }

    private static TopicPartitionInfo partitionZero(Lab lab) {
        return Objects.requireNonNull(
                        Lab.await(lab.admin.describeTopics(List.of(lab.topic)).allTopicNames())
                                .get(lab.topic))
                .partitions()
                .get(0);
    }
}
