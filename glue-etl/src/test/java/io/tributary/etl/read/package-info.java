/** Tests. */
@NullMarked
package io.tributary.etl.read;

import org.jspecify.annotations.NullMarked;
