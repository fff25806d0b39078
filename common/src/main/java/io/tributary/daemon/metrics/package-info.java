/** Counters, gauges and latencies by their declarations, rendered as Prometheus text. */
@NullMarked
package io.tributary.daemon.metrics;

import org.jspecify.annotations.NullMarked;
