package io.tributary.daemon;

import io.tributary.daemon.health.Health;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import java.util.function.Supplier;

/** What a daemon counts of itself. Safe for many threads. */
public final class ProcessGauges {
    private static final double PERCENT = 100;

    private ProcessGauges() {}

    /** Adds them. */
    public static void register(Metrics metrics, Supplier<Health> ready) {
        Runtime runtime = Runtime.getRuntime();
        metrics.gauge(ProcessMetric.READY, () -> ready.get().ok() ? 1 : 0);
        metrics.gauge(
                ProcessMetric.HEAP,
                () -> PERCENT * (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory());
        metrics.counter(ProcessMetric.DATUMS_SENT);
        metrics.counter(ProcessMetric.DATUMS_DROPPED);
        metrics.gauge(ProcessMetric.DATUMS_WAITING, () -> 0);
    }
}
