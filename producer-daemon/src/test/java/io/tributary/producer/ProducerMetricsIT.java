package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import io.tributary.daemon.metrics.catalog.ProducerMetric;
import io.tributary.testing.MotoServer;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

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
                CloudWatchClient client = client(moto)) {
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
            assertThat(metrics(client))
                    .isEqualTo(PUBLISHED.stream()
                            .map(spec -> spec.published().orElseThrow() + dimensions)
                            .collect(Collectors.toSet()));
            assertThat(PUBLISHED)
                    .allSatisfy(spec -> assertThat(points(client, spec))
                            .as(spec.published().orElseThrow() + " in " + spec.unit())
                            .isNotEmpty());
            assertThat(sum(client, ProducerMetric.RECORDS)).isEqualTo(3);
            assertThat(sum(client, ProducerMetric.REJECTS)).isEqualTo(1);
            assertThat(sum(client, ProcessMetric.DATUMS_DROPPED)).isZero();
        }
    }

    private static Set<String> metrics(CloudWatchClient client) {
        return client.listMetricsPaginator(list -> list.namespace("Tributary")).metrics().stream()
                .map(metric -> metric.metricName() + " "
                        + metric.dimensions().stream()
                                .map(dimension -> dimension.name() + "=" + dimension.value())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.toSet());
    }

    private static double sum(CloudWatchClient client, Metric metric) {
        return points(client, metric.spec()).stream()
                .mapToDouble(Datapoint::sum)
                .sum();
    }

    private static List<Datapoint> points(CloudWatchClient client, MetricSpec spec) {
        return client.getMetricStatistics(get -> get.namespace("Tributary")
                        .metricName(spec.published().orElseThrow())
                        .unit(StandardUnit.fromValue(spec.unit().label()))
                        .startTime(Instant.parse("2020-01-01T00:00:00Z"))
                        .endTime(Instant.parse("2120-01-01T00:00:00Z"))
                        .period(60)
                        .statistics(Statistic.SUM))
                .datapoints();
    }

    private static CloudWatchClient client(MotoServer moto) {
        return CloudWatchClient.builder()
                .endpointOverride(moto.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }
}
