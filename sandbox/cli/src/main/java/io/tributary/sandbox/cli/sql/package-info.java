/** SQL over the lake: asking Trino, and showing its answer. */
@NullMarked
package io.tributary.sandbox.cli.sql;

import org.jspecify.annotations.NullMarked;
