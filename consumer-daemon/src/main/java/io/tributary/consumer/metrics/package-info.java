/** What this program counts. */
@NullMarked
package io.tributary.consumer.metrics;

import org.jspecify.annotations.NullMarked;
