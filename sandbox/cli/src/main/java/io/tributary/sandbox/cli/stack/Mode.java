package io.tributary.sandbox.cli.stack;

import java.util.Locale;

/** What a table does with a record. */
public enum Mode {
    /** Adds a row for each record. */
    APPEND,
    /** Keeps one row for each key, the latest. */
    UPSERT;

    /** As it is written in options and configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}
