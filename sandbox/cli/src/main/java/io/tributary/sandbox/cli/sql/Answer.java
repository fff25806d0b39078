package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a query answers. Immutable.
 *
 * @param columns their names and types
 * @param rows    a JSON value for each column
 */
record Answer(List<Column> columns, List<List<JsonNode>> rows) {
    Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A column's name and its SQL type. */
    record Column(String name, String type) {
        boolean isNumber() {
            return type.matches("(?:tinyint|smallint|integer|bigint|real|double|decimal).*");
        }
    }
}
