package io.tributary.etl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.etl.merge.Merges;
import io.tributary.etl.merge.TableReport;
import io.tributary.etl.table.Counts;
import java.util.List;

/**
 * What one run of the job did.
 *
 * @param tables   what it did to each table, feeds of the table of rejects last
 * @param failures the tables that failed and why
 * @param seconds  how long it took
 */
public record MergeReport(List<TableReport> tables, List<Failure> failures, double seconds) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A table that failed.
     *
     * @param table  its name
     * @param reason why, on one line
     */
    public record Failure(String table, String reason) {}

    static MergeReport of(Merges.Outcome outcome, double seconds) {
        return new MergeReport(
                outcome.reports(),
                outcome.failures().stream()
                        .map(failed -> new Failure(failed.table(), failed.reason()))
                        .toList(),
                seconds);
    }

    /** The report as JSON. */
    public String toJson() {
        return toNode().toString();
    }

    /** The report as JSON, for whoever adds to it. */
    public ObjectNode toNode() {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode list = root.putArray("tables");
        for (TableReport table : tables) {
            ObjectNode node = list.addObject();
            node.put("table", table.table())
                    .put("topic", table.topic())
                    .put("mode", table.mode())
                    .put("links", table.links())
                    .put("commits", table.commits())
                    .put("records", table.merged().records())
                    .put("rejected", table.merged().rejected());
            node.set("merged", counts(table.merged()));
            node.set("totals", counts(table.totals()));
            ObjectNode watermark = node.putObject("watermark");
            table.watermark()
                    .chains()
                    .forEach((chain, position) -> watermark
                            .putObject(chain.toString())
                            .put("next", position.next())
                            .put("records", position.records())
                            .put("link", position.link()));
            ObjectNode seconds = node.putObject("seconds");
            table.seconds().forEach((part, time) -> seconds.put(part, rounded(time)));
        }
        ArrayNode failed = root.putArray("failures");
        failures.forEach(
                failure -> failed.addObject().put("table", failure.table()).put("reason", failure.reason()));
        root.put("seconds", rounded(seconds));
        return root;
    }

    private static ObjectNode counts(Counts counts) {
        return MAPPER.createObjectNode()
                .put("records", counts.records())
                .put("live", counts.live())
                .put("superseded", counts.superseded())
                .put("tombstones", counts.tombstones())
                .put("deleted", counts.deleted())
                .put("rejected", counts.rejected())
                .put("filtered", counts.filtered());
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
