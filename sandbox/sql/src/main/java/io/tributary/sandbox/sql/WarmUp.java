package io.tributary.sandbox.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.sql.client.Column;
import io.tributary.sandbox.sql.client.QueryFailedException;
import io.tributary.sandbox.sql.client.ResultHandler;
import io.tributary.sandbox.sql.client.TrinoClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the server a few questions of its own, so that the first one of a user finds classes loaded and code compiled.
 * Runs on a thread of its own after the server is ready; failures do not matter.
 */
final class WarmUp {
    private static final String SCHEMA = "lake";

    private WarmUp() {}

    static void start(int port) {
        TrinoClient client = new TrinoClient("127.0.0.1:" + port, TrinoServer.CATALOG, SCHEMA);
        Thread thread = new Thread(() -> run(client), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(TrinoClient client) {
        try {
            rows(
                    client,
                    "SELECT k, count(*), count(DISTINCT v) FROM (VALUES ('a', 1), ('b', 2)) t (k, v)"
                            + " GROUP BY k ORDER BY k LIMIT 1");
            for (JsonNode table : rows(client, "SHOW TABLES")) {
                String name = table.get(0).asText().replace("\"", "\"\"");
                rows(client, "SELECT * FROM \"" + name + "\" LIMIT 1");
            }
        } catch (QueryFailedException | IOException e) {
            // No lake yet, or a server that is stopping.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<JsonNode> rows(TrinoClient client, String sql)
            throws IOException, QueryFailedException, InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        client.run(sql, new ResultHandler() {
            @Override
            public void columns(List<Column> columns) {}

            @Override
            public void row(JsonNode values) {
                rows.add(values);
            }
        });
        return rows;
    }
}
