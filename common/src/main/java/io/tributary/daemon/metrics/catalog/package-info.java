/** What every program counts, declared in one place, and the reference that is generated from it. */
@NullMarked
package io.tributary.daemon.metrics.catalog;

import org.jspecify.annotations.NullMarked;
