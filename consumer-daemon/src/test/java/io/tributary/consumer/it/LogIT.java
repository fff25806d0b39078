package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    void aTopicThatWasIdleForLongerThanItsRetentionIsNotTakenForOneThatLostRecords() {
        try (Lab lab = new Lab(directory, 1)) {
            try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of("transactional.id", lab.topic))) {
                producer.initTransactions();
                transaction(lab, producer, 0, true);
                JavaProcess stopped = lab.start("one");
                lab.awaitStaged(10);
                transaction(lab, producer, 10, false);
                lab.awaitLag(stopped, 0);
                assertThat(stopped.stop()).isZero();
                assertThat(lab.read(0).end()).isEqualTo(22);
                deleteBefore(lab, 22);

                JavaProcess idle = lab.set("roll.idle-age", "500ms").start("one");
                idle.awaitStderr(line -> line.contains(" reading "), Duration.ofSeconds(30));
                transaction(lab, producer, 10, false);
                await().atMost(Duration.ofSeconds(30)).until(() -> lab.read(0).end() == 33);
                idle.kill9();
                deleteBefore(lab, 33);
                JavaProcess last = lab.start("one");
                transaction(lab, producer, 10, true);
                lab.awaitStaged(20);
                assertThat(last.stop()).isZero();
            }
            StagedChain chain = lab.read(0);
            lab.requireExactly(partition -> LongStream.range(0, 20).boxed().toList());
            assertThat(chain.links())
                    .filteredOn(link -> link.metadata().records() == 0)
                    .isNotEmpty();
            assertThat(chain.links())
                    .allSatisfy(link -> assertThat(link.metadata().lost()).isEmpty());
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
            assertThat(String.join("\n", daemon.stderr())).containsPattern(" reading .*" + lab.chain(0));
            assertThat(daemon.stop()).isZero();
            assertThat(StagedChain.read(lab.s3, lab.bucket, Lab.PREFIX, old).lines())
                    .hasSize(50);
        }
    }

    @Test
    void committedOffsetsThatAreDeletedOrMovedChangeNothing() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("kafka.group", lab.topic);
            TopicPartition partition = new TopicPartition(lab.topic, 0);
            String disagreement = "the group's committed offset is not where the chain ends; following the chain";
            lab.produce(0, 100);
            assertThat(stage(lab, 100)).noneMatch(line -> line.contains(disagreement));

            for (long moved : new long[] {7, 1_000_000}) {
                Lab.await(lab.admin
                        .alterConsumerGroupOffsets(lab.topic, Map.of(partition, new OffsetAndMetadata(moved)))
                        .all());
                long before = lab.staged();
                lab.produce(before, before + 30);
                assertThat(stage(lab, before + 30))
                        .anyMatch(line -> line.contains(disagreement) && line.contains("committed=\"" + moved + "\""));
            }

            Lab.await(lab.admin
                    .deleteConsumerGroupOffsets(lab.topic, Set.of(partition))
                    .all());
            lab.produce(160, 190);
            assertThat(stage(lab, 190)).noneMatch(line -> line.contains(disagreement));
            lab.requireExactly(number -> LongStream.range(0, 190).boxed().toList());
        }
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("kafka.client", "{ \"metadata.max.age.ms\" = \"1000\" }");
            lab.produce(0, 50);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(50);
            Lab.await(lab.admin
                    .createPartitions(Map.of(lab.topic, NewPartitions.increaseTo(3)))
                    .all());
            try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of())) {
                for (int number = 0; number < 30; number++) {
                    lab.send(
                            producer,
                            new ProducerRecord<>(lab.topic, 1 + number % 2, null, Lab.bytes("{\"n\":" + number + "}")));
                }
            }
            lab.awaitStaged(80);
            assertThat(lab.metric(daemon, "assigned_partitions")).isEqualTo(3);
            assertThat(daemon.stop()).isZero();
            for (int added = 1; added < 3; added++) {
                StagedChain chain = lab.read(added);
                assertThat(chain.links().get(0).name().from()).isZero();
                assertThat(chain.lines()).hasSize(15);
            }
        }
    }

    /** One daemon's life, and what it said. */
    private static List<String> stage(Lab lab, long records) {
        JavaProcess daemon = lab.start("one");
        lab.awaitStaged(records);
        assertThat(daemon.stop()).isZero();
        return daemon.stderr();
    }

    /** Ten records and a marker: eleven offsets. */
    private static void transaction(Lab lab, KafkaProducer<byte[], byte[]> producer, long from, boolean commit) {
        producer.beginTransaction();
        for (long n = from; n < from + 10; n++) {
            lab.send(producer, lab.record(n));
        }
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static void deleteBefore(Lab lab, long offset) {
        Lab.await(lab.admin
                .deleteRecords(Map.of(new TopicPartition(lab.topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all());
    }
}
