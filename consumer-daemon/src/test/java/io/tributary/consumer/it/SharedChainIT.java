package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.JavaProcess;
import io.tributary.testing.Signal;
import io.tributary.testing.UniqueName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SharedChainIT {
    @TempDir
    Path directory;

    @Test
    void daemonsOfOneGroupComeAndGoAndEachRecordIsStagedOnce() {
        try (Lab lab = new Lab(directory, 6)) {
            lab.set("roll.max-records", "500").set("roll.max-age", "500ms");
            try (Load load = new Load(lab, 6000)) {
                JavaProcess one = lab.start("one");
                lab.awaitStagedBy(one, 1000);
                JavaProcess two = lab.start("two");
                lab.awaitStagedBy(two, 1000);
                assertThat(one.stop()).isZero();
                long before = load.produced();
                await().until(() -> load.produced() > before + 3000);
                JavaProcess three = lab.start("three");
                lab.awaitStagedBy(three, 500);
                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(two.stop()).isZero();
                assertThat(three.stop()).isZero();
                lab.requireExactly(load::expected);
            }
        }
    }

    /** On a machine that is busy otherwise the one that takes over may take minutes to start. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = ".*")
    void aDaemonThatWasFrozenWhileAnotherTookOverSaysSoAndEachRecordIsStagedOnce() {
        try (Lab lab = new Lab(directory, 2)) {
            lab.set("roll.max-age", "200ms").set("kafka.client", "{ \"session.timeout.ms\" = 6000 }");
            try (Load load = new Load(lab, 2000)) {
                JavaProcess zombie = lab.start("one");
                lab.awaitStagedBy(zombie, 1000);
                zombie.signal(Signal.STOP);
                JavaProcess heir = lab.start("two");
                lab.awaitStagedBy(heir, 1000);
                zombie.signal(Signal.CONT);
                zombie.awaitStderr(
                        line -> line.contains("lost to the group, which took this member for dead; what was gathered "
                                + "is read again"),
                        Duration.ofMinutes(1));
                long before = load.produced();
                await().atMost(Duration.ofMinutes(1)).until(() -> load.produced() > before + 3000);
                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(zombie.stop()).isZero();
                assertThat(heir.stop()).isZero();
                lab.requireExactly(load::expected);
            }
        }
    }

    @Test
    void daemonsOfDifferentGroupsContendForEveryLinkAndEachRecordIsStagedOnce() {
        try (Lab lab = new Lab(directory, 3)) {
            lab.set("roll.max-age", "200ms");
            try (Load load = new Load(lab, 4000)) {
                JavaProcess one = lab.start("one");
                JavaProcess two = lab.set("kafka.group", UniqueName.of("other"))
                        .set("staging.compression", "zstd")
                        .start("two");
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> lab.metric(one, "names_taken_total") + lab.metric(two, "names_taken_total") >= 20);
                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(one.stop()).isZero();
                assertThat(two.stop()).isZero();
                lab.requireExactly(load::expected);
                assertThat(Stream.of(one, two).flatMap(daemon -> daemon.stderr().stream()))
                        .anyMatch(line -> line.contains("another writer was first; following it"));
            }
        }
    }
}
