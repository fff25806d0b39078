/**
 * The comparison that proves delivery: what each hop says of itself, set side by side. Pure: it reads nothing, so that
 * it can be tested with every kind of damage.
 */
@NullMarked
package io.tributary.sandbox.cli.audit;

import org.jspecify.annotations.NullMarked;
