/** Programs beside bare loops, measured in one run. */
@NullMarked
package io.tributary.benchmarks;

import org.jspecify.annotations.NullMarked;
