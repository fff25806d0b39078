package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.daemon.metrics.MetricKind;
import io.tributary.daemon.metrics.catalog.ConsumerMetric;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.testing.CloudWatch;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.MotoServer;
import io.tributary.testing.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsIT {
    private static final String NAMESPACE = "Tributary/Test";

    @TempDir
    Path directory;

    @Test
    void everyPublishedMetricArrivesWithItsNameUnitAndDimensions() {
        assumeTrue(MotoServer.isInstalled(), MotoServer.SKIPPED);
        try (MotoServer moto = MotoServer.start(directory.resolve("moto.log"));
                Lab lab = new Lab(directory, 2);
                CloudWatch cloudWatch = new CloudWatch(moto, NAMESPACE)) {
            report(lab, moto.endpoint().toString());
            JavaProcess daemon = start(lab);
            lab.produce(0, 1000);
            lab.awaitStaged(1000);

            String dimensions = " Service=consumer-daemon Env=it Topic=" + lab.topic;
            Set<String> expected = Program.CONSUMER.published().stream()
                    .map(spec -> spec.published().orElseThrow() + dimensions)
                    .collect(Collectors.toSet());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(cloudWatch.metrics()).isEqualTo(expected));
            assertThat(daemon.stop()).isZero();

            assertThat(cloudWatch.sum(ConsumerMetric.RECORDS.spec())).isEqualTo(1000);
            assertThat(Program.CONSUMER.published())
                    .allSatisfy(spec -> assertThat(cloudWatch.samples(spec))
                            .as(spec.published().orElseThrow() + " in " + spec.unit())
                            .isPositive());
            double links = cloudWatch.sum(ConsumerMetric.LINKS.spec());
            assertThat(cloudWatch.samples(ConsumerMetric.STAGING.spec())).isEqualTo(links);
        }
    }

    @Test
    void whatWasCountedWhileCloudWatchWasAwayArrivesWhenItIsBack() throws IOException {
        assumeTrue(MotoServer.isInstalled(), MotoServer.SKIPPED);
        int port;
        try (ServerSocket away = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = away.getLocalPort();
        }
        try (Lab lab = new Lab(directory, 2)) {
            report(lab, "http://127.0.0.1:" + port);
            JavaProcess daemon = start(lab);
            lab.produce(0, 500);
            lab.awaitStaged(500);
            await().atMost(Duration.ofSeconds(60)).until(() -> waiting(lab, daemon) > 100);
            try (MotoServer moto = MotoServer.start(directory.resolve("moto.log"), port);
                    CloudWatch cloudWatch = new CloudWatch(moto, NAMESPACE)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> waiting(lab, daemon) == 0);
                assertThat(daemon.stop()).isZero();
                assertThat(cloudWatch.sum(ConsumerMetric.RECORDS.spec())).isEqualTo(500);
            }
            assertThat(daemon.stderr()).anyMatch(line -> line.contains("metrics are taken again"));
        }
    }

    /** It takes connections and never answers: nothing is as slow. */
    @Test
    void aCloudWatchThatNeverAnswersSlowsNeitherTheDataNorTheStop() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Lab lab = new Lab(directory, 2)) {
            report(lab, "http://127.0.0.1:" + hole.getLocalPort());
            JavaProcess daemon = start(lab);
            hole.accept();
            for (int part = 0; part < 5; part++) {
                lab.produce(part * 1000L, part * 1000L + 1000);
                lab.awaitStaged(part * 1000L + 1000);
            }
            List<String> problems = new ArrayList<>(daemon.stderr());
            problems.removeIf(line -> !line.contains("metrics are not taken; they wait, and nothing else does"));
            assertThat(problems).hasSizeLessThanOrEqualTo(1);
            daemon.signal(Signal.TERM);
            assertThat(daemon.exitCode(Duration.ofSeconds(20))).isZero();
            assertThat(daemon.stderr()).anyMatch(line -> line.contains("metrics were not sent before the end"));
        }
    }

    @Test
    void everyDeclaredMetricIsServedToPrometheus() {
        try (Lab lab = new Lab(directory, 1)) {
            JavaProcess daemon = lab.start("one");
            lab.produce(0, 10);
            lab.awaitStaged(10);
            lab.awaitLag(daemon, 0);
            String page = lab.health(daemon, "/metrics").orElseThrow();
            assertThat(Program.CONSUMER.metrics())
                    .allSatisfy(spec -> assertThat(page)
                            .contains(
                                    "# TYPE " + spec.name() + " " + spec.kind().prometheus() + "\n"));
            assertThat(Program.CONSUMER.metrics().stream()
                            .filter(spec -> spec.kind() == MetricKind.LATENCY)
                            .map(spec -> spec.name() + "_count 1\n"))
                    .allSatisfy(line -> assertThat(page).contains(line));
            assertThat(daemon.stop()).isZero();
        }
    }

    private static void report(Lab lab, String endpoint) {
        lab.set("cloudwatch.enabled", "true")
                .set("cloudwatch.namespace", "\"" + NAMESPACE + "\"")
                .set("cloudwatch.environment", "it")
                .set("cloudwatch.region", "eu-central-1")
                .set("cloudwatch.period", "1s")
                .set("cloudwatch.endpoint", "\"" + endpoint + "\"");
    }

    private static JavaProcess start(Lab lab) {
        return lab.start("one", "-Daws.accessKeyId=test", "-Daws.secretAccessKey=test");
    }

    private static long waiting(Lab lab, JavaProcess daemon) {
        return lab.health(daemon, "/metrics")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("tributary_process_cloudwatch_waiting "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
