@NullMarked
package io.tributary.sandbox.cli.sql;

import org.jspecify.annotations.NullMarked;
