/** Deletes links of staging that are merged and older than the retention. */
@NullMarked
package io.tributary.etl.cleanup;

import org.jspecify.annotations.NullMarked;
