package io.tributary.daemon.metrics;

import java.util.function.DoubleSupplier;

/** What is counted under one name and one set of labels. */
sealed interface Series permits Counter, Latency, Series.Gauge {
    /**
     * Asked for its value when somebody looks.
     *
     * @param value what it is now
     */
    record Gauge(DoubleSupplier value) implements Series {}
}
