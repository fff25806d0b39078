/** {@code ./tributary} as a user types it. */
@NullMarked
package io.tributary.sandbox.cli.it;

import org.jspecify.annotations.NullMarked;
