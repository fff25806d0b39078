package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.JavaProcess;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.faults.Fault;
import io.tributary.testing.faults.FaultyS3;
import io.tributary.testing.faults.RequestKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process says of itself while it cannot do its work. */
class HealthIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void aPartitionThatStandsAndWritesThatFailAreToldAndBothEndByThemselves() {
        // Shorter than the client waits: held, a request does not fail.
        Duration held = Duration.ofSeconds(8);
        try (FaultyS3 proxy =
                        FaultyS3.inFrontOf(SandboxProcesses.s3().endpoint(), 7).delays(Duration.ZERO, held);
                Lab lab = new Lab(directory, 1)) {
            lab.set("s3.endpoint", "\"" + proxy.endpoint() + "\"")
                    .set("roll.max-records", "500")
                    .set("health.stuck-after", "1s");
            lab.produceWide(5000);
            proxy.breakSome(RequestKind.PUT, 1, Set.of(Fault.STALLED));
            JavaProcess daemon = lab.start("one");
            awaitComplaint(
                    lab,
                    daemon,
                    "not ok: " + lab.topic
                            + "-0 has stood at offset [0-9]+ for [0-9]+ s with [0-9]+ offsets to read\n");
            assertThat(lab.metric(daemon, "failing_operations")).isZero();
            proxy.breakSome(RequestKind.PUT, 0, Set.of());
            awaitReady(lab, daemon);
            lab.awaitStaged(5000);

            proxy.breakSome(RequestKind.PUT, 1, Set.of(Fault.INTERNAL_ERROR));
            lab.produce(5000, 5100);
            awaitComplaint(
                    lab,
                    daemon,
                    "not ok: 1 operations fail and are tried again, such as: s3 put .*: 500 InternalError.*\n");
            proxy.breakSome(RequestKind.PUT, 0, Set.of());
            awaitReady(lab, daemon);
            lab.awaitStaged(5100);

            assertThat(daemon.stop()).isZero();
            lab.requireExactly(partition -> LongStream.range(0, 5100).boxed().toList());
        }
    }

    @Test
    void aWorkerThatDiesEndsTheProcessAndTheNextGoesOnRight() throws Exception {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 500);
            JavaProcess daemon = lab.start("one", Debugger.OPTION);
            lab.awaitStaged(500);
            try (Debugger debugger = Debugger.attach(daemon)) {
                debugger.kill("encoder-0");
            }

            assertThat(daemon.exitCode(LONG)).isEqualTo(1);
            // Which error ends the thread depends on where it stood: within a lock, that it holds it no more.
            assertThat(daemon.stderr())
                    .anyMatch(line -> line.contains("EncoderPool.work"))
                    .last()
                    .asString()
                    .startsWith("consumer-daemon: java.lang.");
            lab.produce(500, 1000);
            JavaProcess next = lab.start("one");
            lab.awaitStaged(1000);
            assertThat(next.stop()).isZero();
            lab.requireExactly(partition -> LongStream.range(0, 1000).boxed().toList());
        }
    }

    private static void awaitComplaint(Lab lab, JavaProcess daemon, String why) {
        Pattern pattern = Pattern.compile(why);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(lab.complaint(daemon))
                        .hasValueSatisfying(text -> assertThat(text).matches(pattern)));
    }

    private static void awaitReady(Lab lab, JavaProcess daemon) {
        await().atMost(LONG).until(() -> lab.health(daemon, "/ready").isPresent());
    }
}
