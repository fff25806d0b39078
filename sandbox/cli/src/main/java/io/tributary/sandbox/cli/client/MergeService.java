package io.tributary.sandbox.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.audit.Lake;
import io.tributary.sandbox.cli.console.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The merge process's own small API. Safe for many threads. */
public final class MergeService {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;
    private static final int LONGEST_REASON = 300;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;

    /** The service at a URL; nothing is sent yet. */
    public MergeService(String url) {
        this.url = url;
    }

    /**
     * Rows for people to look at.
     *
     * @param columns their names
     * @param rows    their values as text, null where there is none
     */
    public record Rows(List<String> columns, List<List<String>> rows) {
        public Rows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * Merges what is staged.
     *
     * @return how many records were read; 0 when there was nothing left
     * @throws IOException    if the process died meanwhile: asking again is safe
     * @throws CommandFailure if it says that it cannot
     */
    public long merge() throws IOException, CommandFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/merge"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        long records = 0;
        for (JsonNode table : send(request).path("tables")) {
            records += table.path("records").asLong();
        }
        return records;
    }

    /** What the lake's tables say of themselves. */
    public Lake audit(boolean deep) throws IOException, CommandFailure {
        return LakeState.parse(get("/audit?deep=" + deep));
    }

    /** A table's first rows. */
    public Rows rows(String table, int limit) throws IOException, CommandFailure {
        JsonNode found = get("/rows?table=" + URLEncoder.encode(table, StandardCharsets.UTF_8) + "&limit=" + limit);
        List<String> columns = new ArrayList<>();
        found.path("columns").forEach(column -> columns.add(column.asText()));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : found.path("rows")) {
            List<String> values = new ArrayList<>();
            row.forEach(value ->
                    values.add(value.isNull() ? "" : value.isContainerNode() ? value.toString() : value.asText()));
            rows.add(values);
        }
        return new Rows(columns, rows);
    }

    private JsonNode get(String path) throws IOException, CommandFailure {
        return send(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    private JsonNode send(HttpRequest request) throws IOException, CommandFailure {
        HttpResponse<String> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        }
        if (response.statusCode() != OK) {
            throw CommandFailure.failed("merge: " + Text.shorten(reason(response.body()), LONGEST_REASON));
        }
        return MAPPER.readTree(response.body());
    }

    private static String reason(String body) {
        try {
            return MAPPER.readTree(body).path("error").asText(body.strip());
        } catch (IOException plainText) {
            return body.strip();
        }
    }
}
