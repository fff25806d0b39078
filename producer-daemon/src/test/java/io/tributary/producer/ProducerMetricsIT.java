package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import io.tributary.daemon.metrics.catalog.ProducerMetric;
import io.tributary.testing.CloudWatch;
import io.tributary.testing.MotoServer;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerMetricsIT {
    private static final List<MetricSpec> PUBLISHED = Stream.<Metric[]>of(
                    ProducerMetric.values(), ProcessMetric.values())
            .flatMap(Stream::of)
            .map(Metric::spec)
            .filter(spec -> spec.published().isPresent())
            .toList();

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
                CloudWatch cloudWatch = new CloudWatch(moto, "Tributary")) {
            try (ProducerProcess producer = ProducerProcess.start(
                    folder,
                    "source { name = \"" + topic + "\", paths = [\"" + file + "\"] }\ntopic = \"" + topic
                            + "\"\nkafka.bootstrap-servers = [\"" + servers + "\"]\ncloudwatch { enabled = true, "
                            + "environment = it, region = eu-central-1, endpoint = \"" + moto.endpoint() + "\" }\n")) {
                assertThat(producer.exitCode())
                        .as(producer.process().stderr().toString())
                        .isZero();
            }
            String dimensions = " Service=producer-daemon Env=it Topic=" + topic;
            assertThat(cloudWatch.metrics())
                    .isEqualTo(PUBLISHED.stream()
                            .map(spec -> spec.published().orElseThrow() + dimensions)
                            .collect(Collectors.toSet()));
            assertThat(PUBLISHED)
                    .allSatisfy(spec -> assertThat(cloudWatch.samples(spec))
                            .as(spec.published().orElseThrow() + " in " + spec.unit())
                            .isPositive());
            assertThat(cloudWatch.sum(ProducerMetric.RECORDS.spec())).isEqualTo(3);
            assertThat(cloudWatch.sum(ProducerMetric.REJECTS.spec())).isEqualTo(1);
            assertThat(cloudWatch.sum(ProcessMetric.DATUMS_DROPPED.spec())).isZero();
        }
    }
}
