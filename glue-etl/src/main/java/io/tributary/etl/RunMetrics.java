package io.tributary.etl;

import io.tributary.aws.CloudWatchReporting;
import io.tributary.daemon.Failures;
import io.tributary.daemon.UsageException;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.MergeMetric;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.merge.TableReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run tells CloudWatch at its end. That it cannot be told fails no run: what was merged is merged. Confined to one
 * thread.
 */
final class RunMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(RunMetrics.class);
    private static final double MILLIS_PER_SECOND = 1000;

    private final MergeConfig config;
    private final InstantSource time;

    RunMetrics(MergeConfig config, InstantSource time) {
        this.config = config;
        this.time = time;
    }

    /** A run ended. */
    void ended(MergeReport report) {
        send(of(Optional.of(report), time));
    }

    /** A run failed before there was anything to report. */
    void failed() {
        send(of(Optional.empty(), time));
    }

    static Metrics of(Optional<MergeReport> done, InstantSource time) {
        Metrics metrics = new Metrics();
        List<TableReport> tables = done.map(MergeReport::tables).orElse(List.of());
        long failures = done.map(report -> report.failures().size()).orElse(0);
        boolean good = done.isPresent() && failures == 0;
        metrics.counter(MergeMetric.RUNS).add(good ? 1 : 0);
        metrics.counter(MergeMetric.FAILED_RUNS).add(good ? 0 : 1);
        metrics.counter(MergeMetric.FAILED_TABLES).add(failures);
        for (TableReport table : tables) {
            // What sources refused is not merged into a table of its own.
            boolean refused = table.mode().equals(TableReport.REJECTS);
            metrics.counter(MergeMetric.RECORDS)
                    .add(refused ? 0 : table.merged().records());
            metrics.counter(MergeMetric.REJECTED)
                    .add(refused ? table.merged().records() : table.merged().rejected());
            metrics.counter(MergeMetric.LINKS).add(table.links());
            metrics.counter(MergeMetric.COMMITS).add(table.commits());
        }
        done.ifPresent(report -> metrics.gauge(MergeMetric.SECONDS, report::seconds));
        OptionalLong oldest =
                tables.stream().flatMapToLong(table -> table.oldest().stream()).min();
        oldest.ifPresent(timestamp ->
                metrics.gauge(MergeMetric.AGE, () -> Math.max(0, time.millis() - timestamp) / MILLIS_PER_SECOND));
        return metrics;
    }

    private void send(Metrics metrics) {
        List<String> topics = config.tables().stream().map(TableConfig::topic).toList();
        try (CloudWatchReporting.Running sent =
                CloudWatchReporting.start(config.cloudWatch(), Program.MERGE, topics, metrics, time)) {
            LOG.atDebug().addKeyValue("metrics", metrics.declared().size()).log("telling CloudWatch");
        } catch (UsageException nowhere) {
            LOG.atWarn().addKeyValue("reason", Failures.oneLine(nowhere)).log("CloudWatch was not told of the run");
        } catch (LinkageError absent) {
            // The job's jar is thin: the SDK is Glue's.
            LOG.atWarn()
                    .addKeyValue("missing", absent.getMessage())
                    .log("CloudWatch was not told of the run: the class path has no client for it");
        }
    }
}
