/** The job that merges the staged chain into the lake: its command line and its report. */
@NullMarked
package io.tributary.etl;

import org.jspecify.annotations.NullMarked;
