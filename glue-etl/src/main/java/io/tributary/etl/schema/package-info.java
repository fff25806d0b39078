/** Which columns a table has: inferred from JSON values, evolved, and never at the cost of a value. Pure. */
@NullMarked
package io.tributary.etl.schema;

import org.jspecify.annotations.NullMarked;
