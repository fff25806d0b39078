/** This program's configuration. */
@NullMarked
package io.tributary.consumer.config;

import org.jspecify.annotations.NullMarked;
