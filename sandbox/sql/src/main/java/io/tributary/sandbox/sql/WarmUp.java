package io.tributary.sandbox.sql;

import java.util.List;

/**
 * Asks the server a few questions of its own, so that the first one of a user finds classes loaded and code compiled.
 * Runs on a thread of its own after the server is ready; failures do not matter.
 */
final class WarmUp {
    private WarmUp() {}

    static void start(int port) {
        Thread thread = new Thread(() -> run(port), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(int port) {
        try (LocalClient client = new LocalClient(port, TrinoServer.CATALOG, TrinoServer.SCHEMA)) {
            client.ask("SELECT k, count(*), count(DISTINCT v) FROM (VALUES ('a', 1), ('b', 2)) t (k, v)"
                    + " GROUP BY k ORDER BY k LIMIT 1");
            for (List<?> table : client.ask("SHOW TABLES").rows()) {
                client.ask("SELECT * FROM \"" + table.get(0) + "\" LIMIT 1");
            }
        } catch (RuntimeException e) {
            // No lake yet, or a server that is stopping.
        }
    }
}
