/** Tidies tables: compaction, expiry of snapshots, removal of what killed merges left behind. */
@NullMarked
package io.tributary.etl.maintenance;

import org.jspecify.annotations.NullMarked;
