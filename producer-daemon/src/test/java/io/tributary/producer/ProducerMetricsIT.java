package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.catalog.MastodonMetric;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import io.tributary.daemon.metrics.catalog.ProducerMetric;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import io.tributary.sandbox.mastodon.Script;
import io.tributary.testing.CloudWatch;
import io.tributary.testing.MotoServer;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerMetricsIT {
    private static final String NAMESPACE = "Tributary";
    private static final Set<MetricSpec> MASTODON =
            Stream.of(MastodonMetric.values()).map(Metric::spec).collect(Collectors.toSet());
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final String servers = SandboxProcesses.kafka().bootstrapServers();
    private final String topic = UniqueName.of("metrics");

    @TempDir
    private Path folder = Path.of("");

    /** It ends within its first minute: whatever arrives was sent at the end. */
    @Test
    void everyPublishedMetricArrivesEvenOfAProcessThatEndsSoon() throws Exception {
        assumeTrue(MotoServer.isInstalled(), MotoServer.SKIPPED);
        KafkaTopics.create(servers, topic, 2);
        Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n2\n3\n\"4\n");
        try (MotoServer moto = MotoServer.start(folder.resolve("moto.log"));
                CloudWatch cloudWatch = new CloudWatch(moto, NAMESPACE)) {
            try (ProducerProcess producer =
                    ProducerProcess.start(folder, config("paths = [\"" + file + "\"]", moto, "60s"))) {
                assertThat(producer.exitCode())
                        .as(producer.process().stderr().toString())
                        .isZero();
            }
            requireEach(published().filter(spec -> !MASTODON.contains(spec)), cloudWatch);
            assertThat(cloudWatch.sum(ProducerMetric.RECORDS.spec())).isEqualTo(3);
            assertThat(cloudWatch.sum(ProducerMetric.REJECTS.spec())).isEqualTo(1);
            assertThat(cloudWatch.sum(ProcessMetric.DATUMS_DROPPED.spec())).isZero();
        }
    }

    @Test
    void aSourceOfPostsSendsItsOwnMetricsToo() throws Exception {
        assumeTrue(MotoServer.isInstalled(), MotoServer.SKIPPED);
        KafkaTopics.create(servers, topic, 2);
        Clock clock = Clock.systemUTC();
        Instance instance = new Instance(Dialect.MASTODON, clock);
        Script script = new Script(instance, Dialect.MASTODON, clock, 1);
        try (MotoServer moto = MotoServer.start(folder.resolve("moto.log"));
                CloudWatch cloudWatch = new CloudWatch(moto, NAMESPACE);
                InstanceServer server = InstanceServer.start(instance, Duration.ofSeconds(2));
                ProducerProcess producer = ProducerProcess.start(
                        folder,
                        config(
                                "type = mastodon, poll-every = 1s, instances = [{ url = \"" + server.url() + "\" }]",
                                moto,
                                "2s"))) {
            Awaitility.await().atMost(DEADLINE).until(() -> {
                script.step();
                return producer.metric("tributary_mastodon_posts_total") > 5;
            });
            Awaitility.await().atMost(DEADLINE).untilAsserted(() -> requireEach(published(), cloudWatch));
            assertThat(producer.process().stop()).isZero();
            assertThat(cloudWatch.sum(MastodonMetric.POSTS.spec())).isGreaterThan(5);
        }
    }

    private void requireEach(Stream<MetricSpec> specs, CloudWatch cloudWatch) {
        List<MetricSpec> expected = specs.toList();
        assertThat(cloudWatch.metrics())
                .isEqualTo(expected.stream()
                        .map(spec -> spec.published().orElseThrow() + " Service=producer-daemon Env=it Topic=" + topic)
                        .collect(Collectors.toSet()));
        assertThat(expected)
                .allSatisfy(spec -> assertThat(cloudWatch.samples(spec))
                        .as(spec.published().orElseThrow() + " in " + spec.unit())
                        .isPositive());
    }

    private static Stream<MetricSpec> published() {
        return Program.PRODUCER.published().stream();
    }

    private String config(String source, MotoServer moto, String period) {
        return """
                source { name = "%1$s", %2$s }
                topic = "%1$s", kafka.bootstrap-servers = ["%3$s"]
                cloudwatch { enabled = true, environment = it, region = eu-central-1, endpoint = "%4$s", period = %5$s }
                """.formatted(topic, source, servers, moto.endpoint(), period);
    }
}
