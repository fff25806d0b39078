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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
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
                await().atMost(Duration.ofMinutes(1)).until(() -> coordinator(lab, group) != coordinator);
                long afterTheMove = load.produced() + 2000;
                await().atMost(Duration.ofMinutes(2)).until(() -> lab.staged() > afterTheMove);
                kafka.node(coordinator).restart();

                await().atMost(Duration.ofMinutes(1)).until(() -> leader(lab) > 0 && replicasInSync(lab) == 3);
                int leader = leader(lab);
                kafka.node(leader).kill9();
                long afterTheKill = load.produced() + 2000;
                await().atMost(Duration.ofMinutes(2)).until(() -> lab.staged() > afterTheKill);
                kafka.node(leader).restart();

                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(daemon.stop()).isZero();
                lab.requireExactly(load::expected);
            }
        }
    }

    private static int coordinator(Lab lab, String group) {
        return Objects.requireNonNull(Lab.await(
                                lab.admin.describeConsumerGroups(List.of(group)).all())
                        .get(group))
                .coordinator()
                .id();
    }

    private static int leader(Lab lab) {
        return partitionZero(lab).leader().id();
    }

    private static int replicasInSync(Lab lab) {
        return partitionZero(lab).isr().size();
    }

    private static org.apache.kafka.common.TopicPartitionInfo partitionZero(Lab lab) {
        return Objects.requireNonNull(
                        Lab.await(lab.admin.describeTopics(List.of(lab.topic)).allTopicNames())
                                .get(lab.topic))
                .partitions()
                .get(0);
    }
}
