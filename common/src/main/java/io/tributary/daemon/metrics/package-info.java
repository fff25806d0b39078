/** Counters and gauges, rendered as Prometheus text. */
@NullMarked
package io.tributary.daemon.metrics;

import org.jspecify.annotations.NullMarked;
