/** Tests. */
@NullMarked
package io.tributary.etl.table;

import org.jspecify.annotations.NullMarked;
