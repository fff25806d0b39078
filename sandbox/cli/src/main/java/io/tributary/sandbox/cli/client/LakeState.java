package io.tributary.sandbox.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.cli.audit.Lake;
import io.tributary.staging.ChainId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the merge process says of the lake. Pure. */
final class LakeState {
    private LakeState() {}

    static Lake parse(JsonNode state) {
        List<Lake.Table> tables = new ArrayList<>();
        state.path("tables").forEach(table -> tables.add(table(table)));
        if (state.has("rejected")) {
            tables.add(table(state.path("rejected")));
        }
        return new Lake(tables);
    }

    private static Lake.Table table(JsonNode table) {
        Map<ChainId, Lake.Watermark> watermarks = new HashMap<>();
        table.path("chains")
                .properties()
                .forEach(chain -> watermarks.put(
                        ChainId.parse(chain.getKey()),
                        new Lake.Watermark(
                                chain.getValue().path("next").asLong(),
                                chain.getValue().path("records").asLong(),
                                new Lake.Cleaned(
                                        chain.getValue()
                                                .path("cleaned")
                                                .path("next")
                                                .asLong(),
                                        chain.getValue()
                                                .path("cleaned")
                                                .path("records")
                                                .asLong()))));
        long rows = table.path("rows").asLong();
        return new Lake.Table(
                table.path("table").asText(),
                watermarks,
                counts(table.path("counts")),
                rows,
                faults(table.path("deep"), rows, watermarks));
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

    /** What reading all rows found wrong. */
    private static List<String> faults(JsonNode deep, long rows, Map<ChainId, Lake.Watermark> watermarks) {
        List<String> faults = new ArrayList<>();
        if (deep.isMissingNode()) {
            return faults;
        }
        long read = deep.path("rows").asLong();
        long distinct = deep.path("distinct").asLong();
        if (read != rows) {
            faults.add(rows + " rows by its files, but reading it gives " + read);
        }
        if (distinct != read) {
            faults.add(read + " rows, but only " + distinct + " different ones: some came twice");
        }
        for (JsonNode chain : deep.path("chains")) {
            long last = chain.path("last").asLong();
            String incarnation = chain.path("incarnation").asText();
            int partition = chain.path("partition").asInt();
            boolean below = watermarks.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().incarnation().equals(incarnation)
                            && entry.getKey().partition() == partition
                            && last < entry.getValue().next());
            if (!below) {
                faults.add("it has a row of partition " + partition + " at offset " + last
                        + ", which its watermark does not cover");
            }
        }
        return faults;
    }
}
