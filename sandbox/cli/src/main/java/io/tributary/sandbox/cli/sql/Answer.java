package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /** The columns' names, each once: {@code n}, {@code n_2}, {@code n_3} where SQL gives a name several times. */
    List<String> keys() {
        return unique(columns.stream().map(Column::name).toList());
    }

    /** Names, each once: those that come again get a number. */
    static List<String> unique(List<String> names) {
        Set<String> taken = Set.copyOf(names);
        Set<String> keys = new LinkedHashSet<>();
        for (String name : names) {
            String key = name;
            for (int again = 2; keys.contains(key); again++) {
                String candidate = name + "_" + again;
                key = taken.contains(candidate) ? key : candidate;
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    /** A column's name and its SQL type. */
    record Column(String name, String type) {
        boolean isNumber() {
            return type.matches("(?:tinyint|smallint|integer|bigint|real|double|decimal).*");
        }
    }
}
