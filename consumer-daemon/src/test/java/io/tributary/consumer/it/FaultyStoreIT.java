package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.daemon.MonotonicClock;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.faults.Fault;
import io.tributary.testing.faults.FaultyS3;
import io.tributary.testing.faults.RequestKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The daemon reaches the real S3 server through a proxy that breaks requests; the test looks past the proxy. */
class FaultyStoreIT {
    private static final double A_FIFTH = 0.2;
    private static final long BUFFER = 4 * 1024 * 1024;
    private static final long MANY = 600_000;
    private static final int RATE_PARTITIONS = 6;

    private final FaultyS3 proxy = FaultyS3.inFrontOf(SandboxProcesses.s3().endpoint(), 5);
    private final MonotonicClock clock = MonotonicClock.system();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void withAFifthOfAllRequestsBrokenEachRecordIsStagedOnceInBoundedMemory() {
        try (Lab lab = new Lab(directory, 4)) {
            throughTheProxy(lab).set("roll.max-records", "300").set("roll.max-age", "200ms");
            lab.set("memory.max-buffered", BUFFER + "B");
            try (Load load = new Load(lab, 5000)) {
                JavaProcess daemon = lab.start("one", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
                lab.awaitStagedBy(daemon, 1000);
                proxy.delays(Duration.ofMillis(100), Duration.ZERO).breakAll(A_FIFTH);
                await().atMost(Duration.ofMinutes(3)).until(() -> {
                    assertThat(lab.metric(daemon, "buffered_bytes")).isLessThanOrEqualTo(BUFFER);
                    return everyFaultHappened() && load.produced() > 30_000;
                });
                long produced = load.stop();
                lab.awaitStaged(produced);
                assertThat(daemon.stop()).isZero();
                lab.requireExactly(load::expected);
            }
        }
        System.out.print(proxy.summary());
    }

    @Test
    void aNameThatIsSaidToBeTakenButIsFreeIsTriedAgainAndNotInAHotLoop() {
        try (Lab lab = new Lab(directory, 1)) {
            throughTheProxy(lab).set("roll.max-age", "200ms");
            proxy.breakNext(
                    RequestKind.PUT, Fault.PRECONDITION_FAILED, Fault.PRECONDITION_FAILED, Fault.PRECONDITION_FAILED);
            lab.produce(0, 1000);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(1000);

            assertThat(daemon.stop()).isZero();
            assertThat(proxy.injected(RequestKind.PUT, Fault.PRECONDITION_FAILED))
                    .isEqualTo(3);
            assertThat(proxy.requests(RequestKind.HEAD)).isLessThan(10);
            assertThat(daemon.stderr())
                    .anyMatch(line -> line.contains("was there a moment ago and is not now"))
                    .anyMatch(line -> line.contains("succeeded at last"));
            lab.requireExactly(FaultyStoreIT::thousand);
        }
    }

    @Test
    void itsOwnLinkIsAdoptedWhenTheAnswerWasLostAndTheHeadFailsToo() {
        try (Lab lab = new Lab(directory, 1)) {
            throughTheProxy(lab).set("roll.max-age", "200ms");
            proxy.breakNext(RequestKind.PUT, Fault.ANSWER_LOST)
                    .breakNext(RequestKind.HEAD, Fault.INTERNAL_ERROR, Fault.RESET_DURING);
            lab.produce(0, 1000);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(1000);
            await().until(() -> proxy.requests(RequestKind.HEAD) >= 3);

            assertThat(daemon.stop()).isZero();
            lab.requireExactly(FaultyStoreIT::thousand);
        }
    }

    /** Waits for the client's own timeout of 30 s. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = ".*")
    void aWriteThatArrivesAfterItsWriterGaveUpIsAdopted() {
        try (Lab lab = new Lab(directory, 1)) {
            throughTheProxy(lab).set("roll.max-age", "200ms");
            proxy.breakNext(RequestKind.PUT, Fault.STALLED).delays(Duration.ZERO, Duration.ofMillis(30_200));
            lab.produce(0, 1000);
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(1000);

            assertThat(daemon.stop()).isZero();
            lab.requireExactly(FaultyStoreIT::thousand);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "long", matches = ".*")
    void withAFifthOfAllRequestsBrokenItStillReachesTwoFifthsOfItsThroughput() {
        double sound = recordsPerSecond(0);
        double faulty = recordsPerSecond(A_FIFTH);
        System.out.printf(
                "without faults %.0f records/s, with %.0f%% %.0f: %.2f%n",
                sound, 100 * A_FIFTH, faulty, faulty / sound);
        System.out.print(proxy.summary());
        assertThat(faulty / sound).isGreaterThan(0.4);
    }

    private double recordsPerSecond(double share) {
        try (Lab lab = new Lab(directory, RATE_PARTITIONS)) {
            throughTheProxy(lab).set("roll.max-records", "5000");
            lab.produce(0, MANY);
            JavaProcess daemon = lab.start("share-" + (int) (100 * share), "-Xmx256m");
            daemon.awaitStderr(line -> line.contains(" reading "), Duration.ofMinutes(1));
            long began = clock.millis();
            proxy.breakAll(share);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> lab.metric(daemon, "records_staged_total") >= MANY);
            double seconds = (clock.millis() - began) / 1000.0;
            proxy.breakAll(0);
            assertThat(daemon.stop()).isZero();
            lab.requireExactly(partition -> LongStream.range(0, MANY)
                    .filter(n -> n % RATE_PARTITIONS == partition)
                    .boxed()
                    .toList());
            return MANY / seconds;
        }
    }

    private boolean everyFaultHappened() {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.STALLED && fault != Fault.ERROR_IN_OK)
                .allMatch(fault -> proxy.injected(RequestKind.PUT, fault) > 0);
    }

    private Lab throughTheProxy(Lab lab) {
        return lab.set("s3.endpoint", "\"" + proxy.endpoint() + "\"");
    }

    private static List<Long> thousand(int partition) {
        return LongStream.range(partition, 1000).boxed().toList();
    }
}
