/** What becomes of metrics that are pushed: periods, a bounded backlog, requests within their limits. Knows no SDK. */
@NullMarked
package io.tributary.daemon.metrics.report;

import org.jspecify.annotations.NullMarked;
