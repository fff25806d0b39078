package io.tributary.sandbox.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.sql.client.Column;
import io.tributary.sandbox.sql.client.ResultHandler;
import java.util.ArrayList;
import java.util.List;

/** Keeps a whole result. */
final class Answer implements ResultHandler {
    private final List<Column> columns = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    @Override
    public void columns(List<Column> described) {
        columns.addAll(described);
    }

    @Override
    public void row(JsonNode values) {
        rows.add(values.toString());
    }

    List<Column> columns() {
        return columns;
    }

    /** Each row as its JSON text. */
    List<String> rows() {
        return rows;
    }
}
