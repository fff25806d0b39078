package io.tributary.sandbox.sql.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** Takes a result as it arrives. Called on the thread that asked. */
public interface ResultHandler {
    /** Called once, before the rows; not at all for statements without a result. */
    void columns(List<Column> columns) throws IOException;

    /**
     * One row: an array with a value for each column as Trino writes it in JSON. Decimals, dates and timestamps are
     * texts, structs are arrays, binaries are base64.
     */
    void row(JsonNode values) throws IOException;
}
