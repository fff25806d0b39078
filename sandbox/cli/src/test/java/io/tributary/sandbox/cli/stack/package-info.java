@NullMarked
package io.tributary.sandbox.cli.stack;

import org.jspecify.annotations.NullMarked;
