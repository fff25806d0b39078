/** Tests of the schedules. */
@NullMarked
package io.tributary.testing.simulation;

import org.jspecify.annotations.NullMarked;
