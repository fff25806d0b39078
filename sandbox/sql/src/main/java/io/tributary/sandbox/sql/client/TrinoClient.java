package io.tributary.sandbox.sql.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries by Trino's statement protocol: the query is posted, then each answer names the next page until none is
 * left. Pages are handed on as they come, so a large result takes little memory. Thread-safe.
 */
public final class TrinoClient {
    private static final int OK = 200;
    private static final Duration CANCEL = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final URI statement;
    private final String catalog;
    private final String schema;

    /** For the server at {@code host:port}, with the names in queries resolved in a catalog and schema. */
    public TrinoClient(String hostAndPort, String catalog, String schema) {
        this.statement = URI.create("http://" + hostAndPort + "/v1/statement");
        this.catalog = catalog;
        this.schema = schema;
    }

    /**
     * Runs one query to its end. When the handler fails, or the thread is interrupted, the query is cancelled.
     *
     * @throws QueryFailedException where the engine refused or failed the query
     * @throws IOException where the server could not be asked
     */
    public void run(String sql, ResultHandler handler) throws IOException, QueryFailedException, InterruptedException {
        JsonNode page = ask(request(statement).POST(HttpRequest.BodyPublishers.ofString(sql)));
        boolean headed = false;
        while (true) {
            @Nullable URI next = page.has("nextUri") ? URI.create(page.get("nextUri").asText()) : null;
            try {
                failWhereFailed(page);
                if (!headed && page.has("columns")) {
                    handler.columns(columns(page.get("columns")));
                    headed = true;
                }
                for (JsonNode row : page.path("data")) {
                    handler.row(row);
                }
                if (next == null) {
                    return;
                }
                page = ask(request(next).GET());
            } catch (IOException | InterruptedException | RuntimeException e) {
                if (next != null) {
                    cancel(next);
                }
                throw e;
            }
        }
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("X-Trino-User", "tributary")
                .header("X-Trino-Source", "tributary")
                .header("X-Trino-Catalog", catalog)
                .header("X-Trino-Schema", schema)
                .header("X-Trino-Time-Zone", "UTC");
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException(
                        "the SQL server at " + statement.getAuthority() + " answered HTTP " + response.statusCode()
                                + ": " + new String(body.readNBytes(500), StandardCharsets.UTF_8).strip());
            }
            return json.readTree(body);
        }
    }

    private void cancel(URI next) {
        try {
            http.send(request(next).timeout(CANCEL).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // The query ends by itself when nobody asks for its next page.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void failWhereFailed(JsonNode page) throws QueryFailedException {
        @Nullable JsonNode error = page.get("error");
        if (error != null) {
            JsonNode at = error.path("errorLocation");
            throw new QueryFailedException(
                    error.path("message").asText(),
                    error.path("errorName").asText(),
                    at.path("lineNumber").asInt(),
                    at.path("columnNumber").asInt());
        }
    }

    private static List<Column> columns(JsonNode described) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode each : described) {
            columns.add(new Column(each.path("name").asText(), each.path("type").asText()));
        }
        return columns;
    }
}
