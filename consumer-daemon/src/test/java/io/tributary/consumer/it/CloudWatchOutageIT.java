package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.metrics.catalog.ConsumerMetric;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.testing.CloudWatch;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.MotoServer;
import io.tributary.testing.SwitchedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * CloudWatch away for {@code -Dtributary.minutes=10}, half of them refusing and half of them silent, after half as many
 * in which it answers; under a steady load. Its backlog is shorter than that, so that some is dropped.
 */
@EnabledIfSystemProperty(named = "long", matches = ".*")
class CloudWatchOutageIT {
    private static final String NAMESPACE = "Tributary/Outage";
    private static final int PER_SECOND = 1_000;
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration PHASE =
            Duration.ofMinutes(Integer.getInteger("tributary.minutes", 10)).dividedBy(2);
    private static final Duration BACKLOG = PHASE.dividedBy(2);
    private static final Pattern DROPPED = Pattern.compile("datums=\"?(\\d+)");
    private static final double AS_FAST = 0.95;

    private final MonotonicClock clock = MonotonicClock.system();

    @TempDir
    Path directory;

    /**
     * What a phase was like.
     *
     * @param rate    records staged a second
     * @param share   records staged of those produced
     * @param cpu     microseconds of processor for each record
     * @param waiting the most datums that waited at once
     * @param rss     resident memory at its end, in kB
     */
    private record Phase(String name, double rate, double share, double cpu, long waiting, long rss) {
        void print() {
            System.out.printf(
                    "%-10s %.0f records/s, %.3f of those produced, %.1f us of CPU each; %d datums waited, %d MB%n",
                    name, rate, share, cpu, waiting, rss / 1024);
        }
    }

    @Test
    void theDataKeepsItsRateAndWhatIsDroppedIsTold() {
        assumeTrue(MotoServer.isInstalled(), MotoServer.SKIPPED);
        try (MotoServer moto = MotoServer.start(directory.resolve("moto.log"));
                SwitchedPort port = new SwitchedPort(moto.port());
                CloudWatch cloudWatch = new CloudWatch(moto, NAMESPACE);
                Lab lab = new Lab(directory, 2)) {
            report(lab, port);
            port.lead();
            JavaProcess daemon = lab.start("one", "-Xmx128m", "-Daws.accessKeyId=test", "-Daws.secretAccessKey=test");
            long produced;
            try (SteadyLoad load = new SteadyLoad(lab, PER_SECOND)) {
                measure("warm-up", lab, daemon, load, PHASE.dividedBy(4));
                Phase answering = measure("answering", lab, daemon, load, PHASE);
                port.refuse();
                Phase refusing = measure("refusing", lab, daemon, load, PHASE);
                port.silence();
                Phase silent = measure("silent", lab, daemon, load, PHASE);
                port.lead();
                await().atMost(Duration.ofMinutes(2)).until(() -> process(lab, daemon, "cloudwatch_waiting") == 0);
                Phase back = measure("back", lab, daemon, load, PHASE.dividedBy(4));

                long bound = Program.CONSUMER.published().size() * (BACKLOG.dividedBy(PERIOD) + 3);
                for (Phase phase : new Phase[] {refusing, silent, back}) {
                    assertThat(phase.rate() / answering.rate()).as(phase.name()).isGreaterThan(AS_FAST);
                    assertThat(phase.share()).as(phase.name()).isGreaterThan(AS_FAST);
                    assertThat(phase.waiting()).as(phase.name()).isLessThan(bound);
                    assertThat(phase.rss()).as(phase.name()).isLessThan(answering.rss() * 5 / 4);
                }
                load.close();
                produced = load.produced();
            }
            lab.awaitStaged(produced);
            long dropped = process(lab, daemon, "cloudwatch_dropped_total");
            assertThat(daemon.stop()).isZero();

            assertThat(dropped).isPositive().isEqualTo(logged(daemon));
            assertThat(cloudWatch.sum(ProcessMetric.DATUMS_DROPPED.spec())).isEqualTo((double) dropped);
            double told = cloudWatch.sum(ConsumerMetric.RECORDS.spec());
            System.out.printf(
                    "%d datums were dropped; CloudWatch knows of %.0f dropped and %.0f of %d records%n",
                    dropped, cloudWatch.sum(ProcessMetric.DATUMS_DROPPED.spec()), told, produced);
            assertThat(told).isBetween(produced / 4.0, (double) produced);
        }
    }

    private Phase measure(String name, Lab lab, JavaProcess daemon, SteadyLoad load, Duration length) {
        long staged = lab.metric(daemon, "records_staged_total");
        long produced = load.produced();
        Duration cpu = cpu(daemon);
        long began = clock.millis();
        long[] most = new long[1];
        await().atMost(length.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    most[0] = Math.max(most[0], process(lab, daemon, "cloudwatch_waiting"));
                    return clock.millis() - began >= length.toMillis();
                });
        long newlyStaged = lab.metric(daemon, "records_staged_total") - staged;
        Phase phase = new Phase(
                name,
                newlyStaged * 1000.0 / (clock.millis() - began),
                newlyStaged / (double) (load.produced() - produced),
                cpu(daemon).minus(cpu).toNanos() / 1000.0 / newlyStaged,
                most[0],
                rss(daemon));
        phase.print();
        return phase;
    }

    private static void report(Lab lab, SwitchedPort port) {
        lab.set("cloudwatch.enabled", "true")
                .set("cloudwatch.namespace", "\"" + NAMESPACE + "\"")
                .set("cloudwatch.environment", "it")
                .set("cloudwatch.region", "eu-central-1")
                .set("cloudwatch.period", PERIOD.toSeconds() + "s")
                .set("cloudwatch.backlog", BACKLOG.toSeconds() + "s")
                .set("cloudwatch.endpoint", "\"http://127.0.0.1:" + port.port() + "\"");
    }

    private static long process(Lab lab, JavaProcess daemon, String name) {
        Matcher found = Pattern.compile("(?m)^tributary_process_" + name + " (\\d+)$")
                .matcher(lab.health(daemon, "/metrics").orElse(""));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** How many datums the log says were dropped. */
    private static long logged(JavaProcess daemon) {
        return daemon.stderr().stream()
                .filter(line -> line.contains("metrics were dropped"))
                .mapToLong(line -> {
                    Matcher count = DROPPED.matcher(line);
                    return count.find() ? Long.parseLong(count.group(1)) : 0;
                })
                .sum();
    }

    private static Duration cpu(JavaProcess daemon) {
        return ProcessHandle.of(daemon.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private static long rss(JavaProcess daemon) {
        try {
            return Files.readAllLines(Path.of("/proc/" + daemon.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
