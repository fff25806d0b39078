package io.tributary.etl.schema;

import org.apache.iceberg.types.Type;

/** One step of a schema's evolution. */
public sealed interface SchemaChange {
    /**
     * A new column.
     *
     * @param parent the struct that it belongs to, with dots, or empty for the table itself
     * @param name   its name
     * @param type   its type
     */
    record Add(String parent, String name, Type type) implements SchemaChange {}

    /**
     * A wider type for a column.
     *
     * @param path the column, with dots
     * @param type its new type
     */
    record Widen(String path, Type type) implements SchemaChange {}
}
