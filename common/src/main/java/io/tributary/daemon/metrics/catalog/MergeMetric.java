package io.tributary.daemon.metrics.catalog;

import static io.tributary.daemon.metrics.MetricSpec.counter;
import static io.tributary.daemon.metrics.MetricSpec.gauge;

import io.tributary.daemon.metrics.Fold;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.MetricUnit;

/** What glue-etl tells CloudWatch at the end of a run. It has no page for Prometheus: it ends before anybody asks. */
public enum MergeMetric implements Metric {
    RUNS(counter("tributary_merge_runs_total", MetricUnit.COUNT, "Runs that merged every table.")
            .as("RunsSucceeded")),
    FAILED_RUNS(counter("tributary_merge_failed_runs_total", MetricUnit.COUNT, "Runs in which something failed.")
            .as("RunsFailed")),
    FAILED_TABLES(counter("tributary_merge_failed_tables_total", MetricUnit.COUNT, "Tables that could not be merged.")
            .as("TablesFailed")),
    RECORDS(counter("tributary_merge_records_total", MetricUnit.COUNT, "Records merged into tables.")
            .as("RecordsMerged")),
    REJECTED(counter("tributary_merge_rejected_total", MetricUnit.COUNT, "Records that went to the table of rejects.")
            .as("RecordsRejected")),
    LINKS(counter("tributary_merge_links_total", MetricUnit.COUNT, "Links merged.")
            .as("LinksMerged")),
    COMMITS(counter("tributary_merge_commits_total", MetricUnit.COUNT, "Snapshots published.")
            .as("SnapshotsPublished")),
    SECONDS(gauge("tributary_merge_duration_seconds", MetricUnit.SECONDS, "How long the run took.")
            .as("RunDuration", Fold.MAX)),
    AGE(gauge(
                    "tributary_merge_oldest_record_seconds",
                    MetricUnit.SECONDS,
                    "Age of the oldest record that the run merged, when it ended; not told of a run that merged none.")
            .as("OldestRecordAge", Fold.MAX));

    @SuppressWarnings("ImmutableEnumChecker") // a record of what cannot change
    private final MetricSpec spec;

    MergeMetric(MetricSpec spec) {
        this.spec = spec;
    }

    @Override
    public MetricSpec spec() {
        return spec;
    }
}
