package io.tributary.etl.merge;

/** Where a merge stands: the places at which a crash must do no harm. */
public enum Stage {
    LISTED,
    SCANNED,
    EVOLVED,
    REJECTS_WRITTEN,
    REJECTS_PUBLISHED,
    BRANCHED,
    ROWS_WRITTEN,
    SEALED,
    PUBLISHED
}
