/** Random schedules, their text, and how one that fails is made small. Pure. */
@NullMarked
package io.tributary.testing.simulation;

import org.jspecify.annotations.NullMarked;
