package io.tributary.aws;

import io.tributary.daemon.Failures;
import io.tributary.daemon.UsageException;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.daemon.metrics.report.MetricReporter;
import io.tributary.daemon.metrics.report.MetricReporter.Settings;
import io.tributary.daemon.metrics.report.MetricSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/** A program's metrics on their way to CloudWatch. Any thread may begin it; who does closes it. */
public final class CloudWatchReporting {
    /** Whoever stops a daemon waits for it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** A job says everything at its end. */
    private static final Duration REPORT = Duration.ofSeconds(20);

    private static final int LONGEST_DIMENSION = 255;

    private CloudWatchReporting() {}

    /** Sends the last period and ends; waits at most some seconds for that. */
    public interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins, where it is enabled; otherwise nothing happens.
     *
     * @param topics the dimension {@code Topic}, unless configured otherwise
     * @throws UsageException if there is no way to CloudWatch
     */
    public static Running start(
            CloudWatchSettings settings,
            Program program,
            Collection<String> topics,
            Metrics metrics,
            InstantSource time)
            throws UsageException {
        if (!settings.enabled()) {
            return () -> {};
        }
        MetricReporter reporter = MetricReporter.start(
                new Settings(settings.period(), settings.backlog(), program == Program.MERGE ? REPORT : FAREWELL),
                metrics,
                program.published(),
                sink(settings, topics),
                time);
        return reporter::close;
    }

    private static MetricSink sink(CloudWatchSettings settings, Collection<String> topics) throws UsageException {
        try {
            return CloudWatchSink.open(settings, settings.topic().orElseGet(() -> topic(topics)));
        } catch (SdkException nowhere) {
            throw new UsageException(
                    "metrics cannot go to CloudWatch (" + Failures.oneLine(nowhere)
                            + "): set cloudwatch.region, or cloudwatch.enabled = false",
                    nowhere);
        }
    }

    static String topic(Collection<String> topics) {
        String joined = topics.stream().sorted().collect(Collectors.joining("+"));
        return joined.length() <= LONGEST_DIMENSION ? joined : joined.substring(0, LONGEST_DIMENSION);
    }
}
