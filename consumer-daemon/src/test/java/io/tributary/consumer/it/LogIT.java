package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does behind the daemon's back. */
class LogIT {
    @TempDir
    Path directory;

    @Test
    void aChainBeginsAtZeroByNameWhereverTheLogBegins() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 100);
            deleteBefore(lab, 40);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(60);
            assertThat(daemon.stop()).isZero();
            StagedChain chain = lab.read(0);
            assertThat(chain.links().get(0).name().from()).isZero();
            assertThat(chain.links().get(0).metadata().began()).hasValue(40);
            assertThat(chain.lines().get(0).offset()).isEqualTo(40);
        }
    }

    @Test
    void recordsThatExpiredUnreadStopItUnlessTheGapMayBeRecorded() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 100);
            JavaProcess first = lab.start("one");
            lab.awaitStaged(100);
            assertThat(first.stop()).isZero();
            lab.produce(100, 200);
            deleteBefore(lab, 150);

            JavaProcess second = lab.start("one");
            assertThat(second.exitCode(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(String.join("\n", second.stderr()))
                    .contains("consumer-daemon: " + lab.topic
                            + "-0: offsets [100, 150) expired before they were staged: the chain of incarnation "
                            + lab.topicId()
                            + " ends at 100 and the log starts at 150; set on-expired = record-gap to go on without "
                            + "them and record the gap");

            JavaProcess third = lab.set("on-expired", "record-gap").start("one");
            lab.awaitStaged(150);
            assertThat(third.stop()).isZero();
            assertThat(lab.read(0).links())
                    .anySatisfy(link -> assertThat(link.metadata().lost()).contains(new OffsetRange(100, 150)));
        }
    }

    @Test
    void aTopicThatIsCreatedAgainHasAChainOfItsOwn() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 50);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(50);
            ChainId old = lab.chain(0);
            lab.deleteTopic();
            await().atMost(Duration.ofSeconds(20))
                    .pollDelay(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> {
                        lab.createTopic(Map.of());
                        return true;
                    });
            assertThat(lab.chain(0)).isNotEqualTo(old);
            lab.produce(0, 80);
            await().atMost(Duration.ofSeconds(60)).until(() -> lab.staged() == 80);
            assertThat(daemon.stop()).isZero();
            assertThat(StagedChain.read(lab.s3, lab.bucket, Lab.PREFIX, old).lines())
                    .hasSize(50);
        }
    }

    @Test
    void offsetsMovedByHandChangeNothing() throws Exception {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("kafka.group", lab.topic);
            lab.produce(0, 100);
            JavaProcess first = lab.start("one");
            lab.awaitStaged(100);
            assertThat(first.stop()).isZero();
            lab.admin
                    .alterConsumerGroupOffsets(
                            lab.topic,
                            Map.of(
                                    new TopicPartition(lab.topic, 0),
                                    new org.apache.kafka.clients.consumer.OffsetAndMetadata(7)))
                    .all()
                    .get();
            lab.produce(100, 130);
            JavaProcess second = lab.start("one");
            lab.awaitStaged(130);
            assertThat(second.stop()).isZero();
            assertThat(second.stderr()).anyMatch(line -> line.contains("the group's committed offset is not where"));
            assertThat(lab.read(0).lines()).hasSize(130);
        }
    }

    private static void deleteBefore(Lab lab, long offset) {
        Lab.await(lab.admin
                .deleteRecords(Map.of(new TopicPartition(lab.topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all());
    }
}
