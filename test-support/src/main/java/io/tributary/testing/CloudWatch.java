package io.tributary.testing;

import io.tributary.daemon.metrics.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What CloudWatch was told in one namespace, read from moto. Any thread may use it; closes its client. */
public final class CloudWatch implements AutoCloseable {
    private final CloudWatchClient client;
    private final String namespace;

    public CloudWatch(MotoServer moto, String namespace) {
        this.namespace = namespace;
        client = CloudWatchClient.builder()
                .endpointOverride(moto.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** Every metric: its name and dimensions, as in {@code RunsFailed Service=glue-etl Env=it}. */
    public Set<String> metrics() {
        return client.listMetricsPaginator(list -> list.namespace(namespace)).metrics().stream()
                .map(CloudWatch::show)
                .collect(Collectors.toSet());
    }

    /** What a metric was in all, in its own unit alone. */
    public double sum(MetricSpec metric) {
        return total(metric, Datapoint::sum);
    }

    /** How many numbers there were, in its own unit alone. */
    public double samples(MetricSpec metric) {
        return total(metric, Datapoint::sampleCount);
    }

    @Override
    public void close() {
        client.close();
    }

    private double total(MetricSpec metric, ToDoubleFunction<Datapoint> part) {
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        List<Datapoint> points = client.getMetricStatistics(get -> get.namespace(namespace)
                        .metricName(metric.published().orElseThrow())
                        .unit(StandardUnit.fromValue(metric.unit().label()))
                        .startTime(longAgo)
                        .endTime(longAgo.plus(Duration.ofDays(36_500)))
                        .period(60)
                        .statistics(Statistic.SUM, Statistic.SAMPLE_COUNT))
                .datapoints();
        return points.stream().mapToDouble(part).sum();
    }

    private static String show(Metric metric) {
        return metric.metricName() + " "
                + metric.dimensions().stream()
                        .map(dimension -> dimension.name() + "=" + dimension.value())
                        .collect(Collectors.joining(" "));
    }
}
