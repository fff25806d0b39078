package io.tributary.sandbox.cli.stack;

import java.util.List;

/**
 * One table and the topic that feeds it. Immutable.
 *
 * @param topic the topic
 * @param table the table
 * @param mode  what the table does with a record
 * @param key   the columns that make up a record's key; may be empty
 */
public record Pipeline(String topic, String table, Mode mode, List<String> key) {
    public Pipeline {
        key = List.copyOf(key);
    }
}
