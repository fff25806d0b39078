package io.tributary.daemon.metrics.catalog;

import static io.tributary.daemon.metrics.MetricSpec.counter;
import static io.tributary.daemon.metrics.MetricSpec.gauge;

import io.tributary.daemon.metrics.Fold;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.MetricUnit;

/** What both daemons count of themselves. */
public enum ProcessMetric implements Metric {
    READY(gauge("tributary_process_ready", MetricUnit.NONE, "1 while /ready says yes, otherwise 0.")
            .as("Ready", Fold.MIN)),
    HEAP(gauge(
                    "tributary_process_heap_used_percent",
                    MetricUnit.PERCENT,
                    "The heap in use, of the most it may grow to.")
            .as("HeapUtilization", Fold.MAX)),
    DATUMS_SENT(
            counter("tributary_process_cloudwatch_sent_total", MetricUnit.COUNT, "Datums that CloudWatch has taken.")),
    DATUMS_DROPPED(counter(
                    "tributary_process_cloudwatch_dropped_total",
                    MetricUnit.COUNT,
                    "Datums that CloudWatch did not get: it was away for longer than cloudwatch.backlog, or refused them.")
            .as("MetricsDropped")),
    DATUMS_WAITING(gauge(
            "tributary_process_cloudwatch_waiting", MetricUnit.COUNT, "Datums that wait for CloudWatch to take them."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of what cannot change
    private final MetricSpec spec;

    ProcessMetric(MetricSpec spec) {
        this.spec = spec;
    }

    @Override
    public MetricSpec spec() {
        return spec;
    }
}
