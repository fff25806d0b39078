package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {
    private static final int KILLS = 5;
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path directory;

    @Test
    void killedInMidLoadItGoesOnAtOnceAndEachRecordIsStagedOnce() {
        try (Lab lab = new Lab(directory, 4)) {
            lab.set("roll.max-records", "400").set("roll.max-age", "300ms");
            List<Duration> absences = new ArrayList<>();
            try (Load load = new Load(lab, 8000)) {
                JavaProcess daemon = lab.start("one");
                for (int kill = 0; kill < KILLS; kill++) {
                    lab.awaitStagedBy(daemon, 1000);
                    daemon.kill9();
                    Instant started = CLOCK.instant();
                    daemon = lab.start("one");
                    daemon.awaitStderr(line -> line.contains(" reading "), Duration.ofSeconds(30));
                    absences.add(Duration.between(started, CLOCK.instant()));
                }
                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(daemon.stop()).isZero();
                lab.requireExactly(load::expected);
            }
            System.out.println("reads again after kill -9 within " + absences);
            // A dead member's session would last 45 s. On a quiet machine it takes about 2 s.
            assertThat(absences).allSatisfy(absence -> assertThat(absence).isLessThan(Duration.ofSeconds(20)));
        }
    }

    @Test
    void stoppedUnderLoadItStagesWhatItHoldsAndLeavesTheGroup() {
        try (Lab lab = new Lab(directory, 4)) {
            lab.set("roll.max-age", "60s");
            try (Load load = new Load(lab, 8000)) {
                JavaProcess first = lab.start("one");
                first.awaitStderr(line -> line.contains(" reading "), Duration.ofSeconds(30));
                await().until(() -> lab.metric(first, "buffered_bytes") > 100_000);

                Instant told = CLOCK.instant();
                assertThat(first.stop()).isZero();
                assertThat(Duration.between(told, CLOCK.instant())).isLessThan(Duration.ofSeconds(10));
                assertThat(first.stderr()).anyMatch(line -> line.contains("all that was read is staged"));
                assertThat(lab.staged()).isPositive();

                Instant joined = CLOCK.instant();
                JavaProcess second = lab.start("two");
                second.awaitStderr(line -> line.contains(" reading "), Duration.ofSeconds(30));
                assertThat(Duration.between(joined, CLOCK.instant()))
                        .as("nobody waits for the first one's session")
                        .isLessThan(Duration.ofSeconds(15));
                load.stop();
                assertThat(second.stop()).isZero();
            }
        }
    }
}
