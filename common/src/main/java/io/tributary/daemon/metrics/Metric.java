package io.tributary.daemon.metrics;

/** A metric that is declared: only such can be counted, so that the reference is whole. */
public interface Metric {
    /** Its declaration. */
    MetricSpec spec();
}
