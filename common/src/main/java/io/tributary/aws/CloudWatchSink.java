package io.tributary.aws;

import io.tributary.daemon.Failures;
import io.tributary.daemon.metrics.report.Datum;
import io.tributary.daemon.metrics.report.Datum.Distribution;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import io.tributary.daemon.metrics.report.MetricSink;
import io.tributary.daemon.metrics.report.MetricSinkException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClientBuilder;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** CloudWatch: one namespace, and one set of dimensions for every metric. One thread uses it; any may close it. */
final class CloudWatchSink implements MetricSink {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT = Duration.ofSeconds(4);
    private static final Duration CALL = Duration.ofSeconds(9);
    private static final int ATTEMPTS = 2;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int RESOLUTION_SECONDS = 60;
    /** What is wrong with the datums themselves; all else may pass, as a role that still lacks a right. */
    private static final Set<String> HOPELESS = Set.of(
            "InvalidParameterValue",
            "InvalidParameterValueException",
            "InvalidParameterCombination",
            "InvalidParameterCombinationException",
            "MissingParameter",
            "MissingRequiredParameterException",
            "InvalidFormat",
            "ValidationError");

    private final CloudWatchClient client;
    private final String namespace;
    private final List<Dimension> dimensions;

    private CloudWatchSink(CloudWatchClient client, String namespace, List<Dimension> dimensions) {
        this.client = client;
        this.namespace = namespace;
        this.dimensions = dimensions;
    }

    /**
     * Makes the client; nothing is asked yet.
     *
     * @param topic the dimension {@code Topic}
     * @throws SdkException if no region can be found
     */
    static CloudWatchSink open(CloudWatchSettings settings, String topic) {
        CloudWatchClientBuilder builder = CloudWatchClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(1)
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ATTEMPT))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(retry -> retry.maxAttempts(ATTEMPTS))
                        // A request is some kilobytes; what stands in for CloudWatch may not understand it otherwise.
                        .compressionConfiguration(compression -> compression.requestCompressionEnabled(false)));
        settings.region().map(Region::of).ifPresent(builder::region);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return new CloudWatchSink(
                builder.build(),
                settings.namespace(),
                List.of(
                        dimension("Service", settings.service()),
                        dimension("Env", settings.environment()),
                        dimension("Topic", topic)));
    }

    @Override
    public void put(List<Datum> datums) throws MetricSinkException {
        List<MetricDatum> data = datums.stream().map(this::metricDatum).toList();
        try {
            client.putMetricData(request -> request.namespace(namespace).metricData(data));
        } catch (AwsServiceException answered) {
            throw new MetricSinkException("CloudWatch: " + Failures.oneLine(answered), isHopeless(answered), answered);
        } catch (RuntimeException unanswered) {
            // Not only the SDK's own: a client that is closed meanwhile has others.
            throw new MetricSinkException(
                    "CloudWatch does not answer: " + Failures.oneLine(unanswered), false, unanswered);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    MetricDatum metricDatum(Datum datum) {
        MetricDatum.Builder builder = MetricDatum.builder()
                .metricName(datum.name())
                .dimensions(dimensions)
                .unit(StandardUnit.fromValue(datum.unit().label()))
                .timestamp(datum.period())
                .storageResolution(RESOLUTION_SECONDS);
        Datum.Value value = datum.value();
        if (value instanceof Distribution distribution) {
            builder.values(distribution.values()).counts(distribution.counts());
        } else if (value instanceof Statistics statistics) {
            builder.statisticValues(StatisticSet.builder()
                    .sampleCount((double) statistics.samples())
                    .sum(statistics.sum())
                    .minimum(statistics.least())
                    .maximum(statistics.greatest())
                    .build());
        }
        return builder.build();
    }

    private static boolean isHopeless(AwsServiceException answered) {
        return answered.statusCode() == TOO_LARGE
                || (answered.statusCode() == BAD_REQUEST
                        && answered.awsErrorDetails() != null
                        && HOPELESS.contains(answered.awsErrorDetails().errorCode()));
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
