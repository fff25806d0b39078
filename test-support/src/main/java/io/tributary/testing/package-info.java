/** Real servers as child processes, and other helpers for tests. */
@NullMarked
package io.tributary.testing;

import org.jspecify.annotations.NullMarked;
