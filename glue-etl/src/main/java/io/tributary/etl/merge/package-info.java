/** Writes rows and watermark at once: append, upsert and the table of rejects. */
@NullMarked
package io.tributary.etl.merge;

import org.jspecify.annotations.NullMarked;
