/** The steps of a run: boot, publish, stage, merge, audit. */
@NullMarked
package io.tributary.sandbox.cli.pipeline;

import org.jspecify.annotations.NullMarked;
