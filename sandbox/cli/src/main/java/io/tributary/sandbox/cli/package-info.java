/** The commands of {@code ./tributary}. */
@NullMarked
package io.tributary.sandbox.cli;

import org.jspecify.annotations.NullMarked;
