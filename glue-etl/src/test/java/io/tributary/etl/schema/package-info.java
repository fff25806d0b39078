/** Tests. */
@NullMarked
package io.tributary.etl.schema;

import org.jspecify.annotations.NullMarked;
