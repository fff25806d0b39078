package io.tributary.sandbox.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.audit.Lake;
import io.tributary.staging.ChainId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The merge process's own small API. Safe for many threads. */
public final class MergeService {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;

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
        return send(HttpRequest.newBuilder(URI.create(url + "/merge"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .path("records")
                .asLong();
    }

    /** What the lake's tables say of themselves. */
    public Lake audit(boolean deep) throws IOException, CommandFailure {
        JsonNode state = get("/audit?deep=" + deep);
        List<Lake.Table> tables = new ArrayList<>();
        for (JsonNode table : state.path("tables")) {
            Map<ChainId, Lake.Watermark> watermarks = new HashMap<>();
            table.path("watermarks")
                    .properties()
                    .forEach(entry -> watermarks.put(
                            ChainId.parse(entry.getKey()),
                            new Lake.Watermark(
                                    entry.getValue().path("next").asLong(),
                                    entry.getValue().path("records").asLong())));
            List<String> faults = new ArrayList<>();
            table.path("faults").forEach(fault -> faults.add(fault.asText()));
            tables.add(new Lake.Table(
                    table.path("name").asText(),
                    watermarks,
                    counts(table.path("counts")),
                    table.path("rows").asLong(),
                    faults));
        }
        return new Lake(tables);
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

    private static Lake.Counts counts(JsonNode node) {
        SortedMap<String, Long> ended = new TreeMap<>();
        node.properties().forEach(field -> {
            if (!field.getKey().equals("records")) {
                ended.put(field.getKey(), field.getValue().asLong());
            }
        });
        return new Lake.Counts(node.path("records").asLong(), ended);
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
            throw CommandFailure.failed("merge: " + response.body().strip());
        }
        return MAPPER.readTree(response.body());
    }
}
