package io.tributary.daemon.metrics;

/** How a metric moves. */
public enum MetricKind {
    /** Only grows while the process lives. */
    COUNTER("counter"),
    /** Is what it is at the moment. */
    GAUGE("gauge"),
    /** Durations, each counted. */
    LATENCY("histogram");

    private final String prometheus;

    MetricKind(String prometheus) {
        this.prometheus = prometheus;
    }

    /** The type's name in Prometheus text. */
    public String prometheus() {
        return prometheus;
    }
}
