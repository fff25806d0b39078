/** The programs beside the machine's limits, measured in one run. */
@NullMarked
package io.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
