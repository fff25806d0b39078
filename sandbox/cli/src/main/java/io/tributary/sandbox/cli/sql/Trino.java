package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks Trino by its own protocol: post the statement, then follow {@code nextUri} to the end. Safe for many threads. */
public final class Trino {
    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String address;
    private final String catalog;
    private final String schema;

    /**
     * A client.
     *
     * @param address {@code host:port}
     * @param catalog the catalog that names without one belong to
     * @param schema  the schema likewise
     */
    public Trino(String address, String catalog, String schema) {
        this.address = address;
        this.catalog = catalog;
        this.schema = schema;
    }

    /** Takes an answer, page by page. */
    interface Pages<E extends Exception> {
        /** Takes some rows, under the same columns each time. */
        void page(Answer page) throws E;
    }

    /** The whole answer. */
    Answer ask(String query) throws IOException, QueryFailure {
        List<Answer.Column> columns = new ArrayList<>();
        List<List<JsonNode>> rows = new ArrayList<>();
        Pages<RuntimeException> collect = page -> {
            if (columns.isEmpty()) {
                columns.addAll(page.columns());
            }
            rows.addAll(page.rows());
        };
        ask(query, collect);
        return new Answer(columns, rows);
    }

    /** The answer as it comes: no more than one page of it is held. */
    <E extends Exception> void ask(String query, Pages<E> pages) throws IOException, QueryFailure, E {
        List<Answer.Column> columns = new ArrayList<>();
        List<JsonNode> signatures = new ArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/v1/statement"))
                .header("X-Trino-User", "tributary")
                .header("X-Trino-Source", "tributary")
                .header("X-Trino-Catalog", catalog)
                .header("X-Trino-Schema", schema)
                .header("X-Trino-Time-Zone", "UTC")
                .POST(HttpRequest.BodyPublishers.ofString(query, StandardCharsets.UTF_8))
                .build();
        while (true) {
            JsonNode page = send(request);
            fail(page.path("error"));
            if (columns.isEmpty()) {
                for (JsonNode column : page.path("columns")) {
                    columns.add(new Answer.Column(
                            column.path("name").asText(), column.path("type").asText()));
                    signatures.add(column.path("typeSignature"));
                }
            }
            List<List<JsonNode>> rows = new ArrayList<>();
            for (JsonNode row : page.path("data")) {
                List<JsonNode> values = new ArrayList<>();
                for (int column = 0; column < row.size(); column++) {
                    values.add(FieldNames.in(signatures.get(column), row.get(column)));
                }
                rows.add(values);
            }
            pages.page(new Answer(columns, rows));
            if (!page.has("nextUri")) {
                return;
            }
            request = HttpRequest.newBuilder(URI.create(page.path("nextUri").asText()))
                    .header("X-Trino-User", "tributary")
                    .build();
        }
    }

    private static void fail(JsonNode error) throws QueryFailure {
        if (!error.isMissingNode() && !error.isNull()) {
            JsonNode location = error.path("errorLocation");
            throw new QueryFailure(
                    error.path("message").asText("the query failed"),
                    location.path("lineNumber").asInt(0),
                    location.path("columnNumber").asInt(0));
        }
    }

    private JsonNode send(HttpRequest request) throws IOException {
        while (true) {
            HttpResponse<String> response;
            try {
                response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            if (response.statusCode() == OK) {
                return MAPPER.readTree(response.body());
            }
            if (response.statusCode() != UNAVAILABLE) {
                throw new IOException("Trino answered " + response.statusCode() + ": "
                        + response.body().strip());
            }
        }
    }
}
