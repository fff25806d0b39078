package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkipIT {
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void aLiveConsumerMeetsTheSkipDropsWhatItCoversAndGoesOn() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 100);
            lab.set("roll.max-age", "1d").set("roll.max-records", "150");
            JavaProcess daemon = lab.start("one");
            // Records are gathered and none is staged when the skip comes.
            await().atMost(DEADLINE).until(() -> lab.metric(daemon, "read_bytes_total") > 0);
            JavaProcess skip = skip(lab, 40, "40 test records, ticket 12");
            assertThat(skip.exitCode(DEADLINE)).isZero();
            assertThat(skip.stdout())
                    .containsExactly("skipped offsets [0, 40) of " + lab.topic + "/0 by link "
                            + Lab.PREFIX + "/" + lab.topic + "/incarnation=" + lab.topicId()
                            + "/partition=0/00000000000000000000.jsonl.gz; staging goes on at 40");
            lab.produce(100, 150);
            // The daemon's link is full, but its name is taken: it reads again from 40.
            daemon.awaitStderr(line -> line.contains("another writer was first; following it"), DEADLINE);
            lab.produce(150, 190);
            lab.awaitStaged(150);
            assertThat(daemon.stop()).isZero();
            StagedChain chain = lab.read(0);
            Link first = chain.links().get(0);
            assertThat(first.metadata().cut()).isEqualTo(CutReason.SKIP);
            assertThat(first.range()).isEqualTo(new OffsetRange(0, 40));
            assertThat(first.metadata().reason()).contains("40 test records, ticket 12");
            assertThat(chain.lines()).hasSize(150);
            assertThat(chain.lines().get(0).offset()).isEqualTo(40);
            assertThat(chain.links()).hasSize(2);

            JavaProcess again = skip(lab, 40, "twice");
            assertThat(again.exitCode(DEADLINE)).isZero();
            assertThat(again.stdout())
                    .containsExactly("nothing to skip: the chain of " + lab.topic + "/0 goes on at offset 190 already");
            assertThat(lab.read(0)).isEqualTo(chain);
        }
    }

    @Test
    void whatCannotBeSkippedIsRefusedInOneLine() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 10);
            assertRefused(
                    skip(lab, 11, "too far"),
                    "consumer-daemon skip: offset 11 is beyond the log of " + lab.topic
                            + "/0, which ends at 10: what is not there yet cannot be skipped");
            assertRefused(
                    skip(lab, 5, "no such partition", "--partition", "7"),
                    "consumer-daemon skip: there is no partition " + lab.topic + "/7 in Kafka");
            assertRefused(
                    skip(lab, 5, " "),
                    "consumer-daemon skip: --reason must be there and at most 1000 bytes long, where every byte of a letter "
                            + "other than ASCII counts as three");
            lab.set("topics", "[\"other\"]");
            assertRefused(
                    skip(lab, 5, "not ours"),
                    "consumer-daemon skip: topic " + lab.topic + " is not one that " + lab.config("skip") + " stages");
            assertThat(lab.read(0).links()).isEmpty();
        }
    }

    private static void assertRefused(JavaProcess skip, String line) {
        assertThat(skip.exitCode(DEADLINE)).isEqualTo(2);
        assertThat(skip.stderr()).contains(line);
    }

    private static JavaProcess skip(Lab lab, long to, String reason, String... place) {
        List<String> partition = place.length > 0 ? List.of(place) : List.of("--partition", "0");
        return lab.tool("skip")
                .arguments("--topic", lab.topic, "--to", Long.toString(to), "--reason", reason)
                .arguments(partition.toArray(String[]::new))
                .start();
    }
}
