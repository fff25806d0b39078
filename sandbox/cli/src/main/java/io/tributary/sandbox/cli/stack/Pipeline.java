package io.tributary.sandbox.cli.stack;

import java.util.List;

/**
 * One table and the topic that feeds it. Immutable.
 *
 * @param topic the topic
 * @param table the table
 * @param mode  what the table does with a record
 * @param key   the columns that make up a record's key; may be empty
 * @param statuses whether the records are statuses, whose columns are declared
 */
public record Pipeline(String topic, String table, Mode mode, List<String> key, boolean statuses) {
    public Pipeline {
        key = List.copyOf(key);
    }

    /** A table whose columns are found in its records. */
    public Pipeline(String topic, String table, Mode mode, List<String> key) {
        this(topic, table, mode, key, false);
    }

    /** A table of statuses: the latest version of each. */
    public static Pipeline ofStatuses(String topic, String table) {
        return new Pipeline(topic, table, Mode.UPSERT, List.of("uri"), true);
    }
}
