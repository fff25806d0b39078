/** What people see: steps, progress, tables, numbers. */
@NullMarked
package io.tributary.sandbox.cli.console;

import org.jspecify.annotations.NullMarked;
