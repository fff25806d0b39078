package io.tributary.daemon.metrics.catalog;

import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The programs that count, and what. */
public enum Program {
    PRODUCER("producer-daemon", "its topic"),
    CONSUMER("consumer-daemon", "its topics, with + between them, or with topics-pattern the group"),
    MERGE("glue-etl", "the topics of its tables, with + between them");

    /** Each costs about 0.30 USD a month for each set of dimensions. */
    public static final int MOST_PUBLISHED = 25;

    private final String label;
    private final String topic;

    Program(String label, String topic) {
        this.label = label;
        this.topic = topic;
    }

    /** Its name, as in its jar; the dimension {@code Service} unless configured otherwise. */
    public String label() {
        return label;
    }

    /** What the dimension {@code Topic} is, unless configured otherwise. */
    public String topic() {
        return topic;
    }

    /** All that it counts. */
    public List<MetricSpec> metrics() {
        return switch (this) {
            case PRODUCER -> specs(ProducerMetric.values(), MastodonMetric.values(), ProcessMetric.values());
            case CONSUMER -> specs(ConsumerMetric.values(), ProcessMetric.values());
            case MERGE -> specs(new Metric[][] {MergeMetric.values()});
        };
    }

    /** What of it goes to CloudWatch. */
    public List<MetricSpec> published() {
        return metrics().stream().filter(spec -> spec.published().isPresent()).toList();
    }

    private static List<MetricSpec> specs(Metric[]... groups) {
        return Stream.of(groups).flatMap(Arrays::stream).map(Metric::spec).toList();
    }
}
