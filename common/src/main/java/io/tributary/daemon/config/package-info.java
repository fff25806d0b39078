/** Typed, strict configuration: every problem at once, each with its path and origin. */
@NullMarked
package io.tributary.daemon.config;

import org.jspecify.annotations.NullMarked;
