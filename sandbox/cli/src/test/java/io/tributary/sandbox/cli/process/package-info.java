@NullMarked
package io.tributary.sandbox.cli.process;

import org.jspecify.annotations.NullMarked;
