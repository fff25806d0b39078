/** Tables of the lake through Iceberg's own API: watermark, counts, branches and the swap of main. */
@NullMarked
package io.tributary.etl.table;

import org.jspecify.annotations.NullMarked;
