/** Tests. */
@NullMarked
package io.tributary.etl.config;

import org.jspecify.annotations.NullMarked;
