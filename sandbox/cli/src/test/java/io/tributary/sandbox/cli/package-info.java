@NullMarked
package io.tributary.sandbox.cli;

import org.jspecify.annotations.NullMarked;
