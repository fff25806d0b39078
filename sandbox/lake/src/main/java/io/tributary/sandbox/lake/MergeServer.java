package io.tributary.sandbox.lake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.etl.MergesFailedException;
import io.tributary.etl.Reasons;
import io.tributary.etl.config.MergeConfig;
import io.tributary.sandbox.server.RunningServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests one at a time, on one thread, which alone uses the lake: {@code POST /merge}, {@code GET /audit},
 * {@code GET /rows}. A merge in which tables failed is answered with 500, the report of the others and {@code error}.
 * {@code GET /ready} is answered by that thread too, so it waits while a merge runs.
 */
final class MergeServer implements RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger(MergeServer.class);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int WRONG_METHOD = 405;
    private static final int FAILED = 500;
    private static final int DEFAULT_ROWS = 20;

    private final HttpServer server;
    private final ExecutorService thread;
    private final LocalLake lake;

    private MergeServer(HttpServer server, ExecutorService thread, LocalLake lake) {
        this.server = server;
        this.thread = thread;
        this.lake = lake;
    }

    static MergeServer start(MergeConfig config, int port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        LocalLake lake = LocalLake.open(config);
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "merge"));
        server.setExecutor(thread);
        server.createContext("/ready", exchange -> answer(exchange, "GET", query -> "{\"ready\":true}"));
        server.createContext(
                "/merge",
                exchange -> answer(exchange, "POST", query -> lake.merge().toJson()));
        server.createContext(
                "/audit",
                exchange -> answer(
                        exchange,
                        "GET",
                        query -> lake.audit(Boolean.parseBoolean(query.get("deep")))
                                .toJson()));
        server.createContext("/rows", exchange -> answer(exchange, "GET", query -> rows(lake, query)));
        server.start();
        return new MergeServer(server, thread, lake);
    }

    private static String rows(LocalLake lake, Map<String, String> query) {
        String table = query.get("table");
        if (table == null || table.isEmpty()) {
            throw new IllegalArgumentException("the parameter table is missing");
        }
        String limit = query.getOrDefault("limit", Integer.toString(DEFAULT_ROWS));
        return lake.rows(table, Integer.parseInt(limit)).toString();
    }

    private interface Answer {
        String to(Map<String, String> query);
    }

    private static void answer(HttpExchange exchange, String method, Answer answer) throws IOException {
        int status = OK;
        String body;
        if (exchange.getRequestMethod().equals(method)) {
            try {
                body = answer.to(query(exchange));
            } catch (IllegalArgumentException wrong) {
                status = BAD_REQUEST;
                body = error(wrong);
            } catch (MergesFailedException some) {
                status = FAILED;
                body = some.report().toNode().put("error", some.getMessage()).toString();
            } catch (Exception failure) {
                // Not only unchecked ones: Spark, written in Scala, throws checked exceptions that it does not declare.
                LOG.atError()
                        .setCause(failure)
                        .addKeyValue("path", exchange.getRequestURI())
                        .log("failed");
                status = FAILED;
                body = error(failure);
            }
        } else {
            status = WRONG_METHOD;
            body = "{\"error\":\"use " + method + "\"}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String error(Exception failure) {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("error", Reasons.of(failure))
                .toString();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdown();
        lake.close();
    }
}
