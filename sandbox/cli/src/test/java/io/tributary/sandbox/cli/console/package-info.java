@NullMarked
package io.tributary.sandbox.cli.console;

import org.jspecify.annotations.NullMarked;
