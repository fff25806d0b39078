package io.tributary.etl.config;

/** How records become rows. */
public enum Mode {
    /** Every record is a row: for facts. */
    APPEND,
    /** One row for each key, the latest record's; a record without a value deletes the row. */
    UPSERT
}
