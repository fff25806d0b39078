/** Trino over the lake as a process of its own. */
@NullMarked
package io.tributary.sandbox.sql;

import org.jspecify.annotations.NullMarked;
