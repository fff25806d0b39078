package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Asks Trino by its own protocol: post the statement, then follow {@code nextUri} to the end. Safe for many threads. */
public final class Trino {
    private static final int UNAVAILABLE = 503;
    private static final int UNAVAILABLE_TRIES = 100;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
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

    /**
     * The answer as it comes: no more than one page of it is held.
     *
     * @throws IOException if Trino does not answer: a request within two minutes, or whether it is there within ten seconds
     * @throws QueryFailure if it refuses the query
     * @throws E what the taker of a page throws; the query is then given up
     */
    <E extends Exception> void ask(String query, Pages<E> pages) throws IOException, QueryFailure, E {
        List<Answer.Column> columns = new ArrayList<>();
        List<UnaryOperator<JsonNode>> naming = new ArrayList<>();
        HttpRequest request = request(URI.create("http://" + address + "/v1/statement"))
                .header("X-Trino-Source", "tributary")
                .header("X-Trino-Catalog", catalog)
                .header("X-Trino-Schema", schema)
                .header("X-Trino-Time-Zone", "UTC")
                .POST(HttpRequest.BodyPublishers.ofString(query, StandardCharsets.UTF_8))
                .build();
        while (true) {
            JsonNode page = send(request);
            fail(page.path("error"));
            Optional<URI> next = page.has("nextUri")
                    ? Optional.of(URI.create(page.path("nextUri").asText()))
                    : Optional.empty();
            if (columns.isEmpty()) {
                for (JsonNode column : page.path("columns")) {
                    columns.add(new Answer.Column(
                            column.path("name").asText(), column.path("type").asText()));
                    naming.add(FieldNames.of(column.path("typeSignature")));
                }
            }
            List<List<JsonNode>> rows = new ArrayList<>();
            for (JsonNode row : page.path("data")) {
                List<JsonNode> values = new ArrayList<>();
                for (int column = 0; column < row.size(); column++) {
                    values.add(naming.get(column).apply(row.get(column)));
                }
                rows.add(values);
            }
            boolean taken = false;
            try {
                pages.page(new Answer(columns, rows));
                taken = true;
            } finally {
                if (!taken) {
                    next.ifPresent(this::cancel);
                }
            }
            if (next.isEmpty()) {
                return;
            }
            request = request(next.get()).build();
        }
    }

    private static void pause() throws IOException {
        try {
            Patience.alone().pause(PAUSE_MILLIS);
        } catch (CommandFailure interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Tells it that nobody waits for the rest. */
    private void cancel(URI next) {
        try {
            http.send(request(next).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException itEndsByItself) {
            // Trino gives up a query that nobody asks for any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(LONGEST_ANSWER).header("X-Trino-User", "tributary");
    }

    private static void fail(JsonNode error) throws QueryFailure {
        if (!error.isMissingNode() && !error.isNull()) {
            JsonNode location = error.path("errorLocation");
            throw new QueryFailure(
                    error.path("errorName").asText(),
                    error.path("message").asText("the query failed"),
                    location.path("lineNumber").asInt(0),
                    location.path("columnNumber").asInt(0));
        }
    }

    private JsonNode send(HttpRequest request) throws IOException {
        for (int tries = 1; ; tries++) {
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
            if (response.statusCode() != UNAVAILABLE || tries == UNAVAILABLE_TRIES) {
                throw new IOException("Trino answered " + response.statusCode() + ": "
                        + response.body().strip());
            }
            pause();
        }
    }
}
