package io.tributary.sandbox.cli.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.audit.Difference;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** An audit's outcome as text and as JSON. Pure. */
public final class AuditText {
    private static final int WIDEST = 40;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AuditText() {}

    /** For people. */
    public static List<String> lines(AuditReport report) {
        TextTable table = new TextTable(
                List.of("topic", "partition", "published", "in Kafka", "expired", "skipped", "staged", "merged"),
                WIDEST);
        for (int column = 1; column < 8; column++) {
            table.right(column);
        }
        for (AuditReport.Partition partition : report.partitions()) {
            table.row(List.of(
                    partition.chain().topic(),
                    Integer.toString(partition.chain().partition()),
                    partition.published().isEmpty() && partition.next() == 0 ? "0" : orUnknown(partition.published()),
                    Text.count(partition.readable()),
                    partition.expired().isEmpty() && partition.next() == 0 ? "0" : orUnknown(partition.expired()),
                    Text.count(partition.skipped()),
                    Text.count(partition.staged()),
                    Text.count(partition.merged())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        for (AuditReport.Partition partition : report.partitions()) {
            partition
                    .switched()
                    .ifPresent(generation -> lines.add(partition.chain().topic() + "/"
                            + partition.chain().partition() + ": generation " + generation.prefix() + ", since offset "
                            + generation.since()));
        }
        for (AuditReport.Table found : report.tables()) {
            lines.add("table " + found.name() + ": " + Text.count(found.counts().records(), "record") + " = "
                    + endings(found) + "; count(*) is " + Text.count(found.rows()));
        }
        for (AuditReport.Skipped skipped : report.skipped()) {
            lines.add("SKIPPED ON PURPOSE: " + skipped.chain().topic() + "/"
                    + skipped.chain().partition() + ", offsets " + skipped.offsets() + ", "
                    + Text.count(skipped.records(), "record")
                    + (skipped.expired() ? " that Kafka still has; others expired" : "") + ": "
                    + skipped.reason());
        }
        for (AuditReport.Lost lost : report.lost()) {
            lines.add("LOST: " + lost.chain().topic() + "/" + lost.chain().partition() + ", offsets " + lost.offsets()
                    + ": expired in Kafka before they were read, and on-expired = record-gap let the consumer go on");
        }
        for (Difference difference : report.differences()) {
            lines.add("NOT EQUAL: " + difference);
        }
        lines.add(verdict(report));
        return lines;
    }

    /** The outcome in one line. */
    public static String verdict(AuditReport report) {
        if (report.equal()) {
            return "equal: what was published" + (report.skipped().isEmpty() ? "" : " and not skipped on purpose")
                    + (report.lost().isEmpty() ? "" : " and did not expire unread")
                    + " is in the lake, every record once";
        }
        return report.differences().size() == 1
                ? "not equal: 1 difference"
                : "not equal: " + report.differences().size() + " differences";
    }

    /** For programs. */
    public static String json(AuditReport report, boolean deep) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("equal", report.equal()).put("deep", deep);
        ArrayNode partitions = root.putArray("partitions");
        for (AuditReport.Partition partition : report.partitions()) {
            ObjectNode node = partitions.addObject();
            node.put("topic", partition.chain().topic())
                    .put("incarnation", partition.chain().incarnation())
                    .put("partition", partition.chain().partition());
            put(node, "published", partition.published());
            node.put("inKafka", partition.readable());
            put(node, "expired", partition.expired());
            node.put("links", partition.links())
                    .put("skipped", partition.skipped())
                    .put("staged", partition.staged())
                    .put("merged", partition.merged())
                    .put("next", partition.next());
            partition
                    .switched()
                    .ifPresent(generation ->
                            node.put("generation", generation.prefix()).put("since", generation.since()));
        }
        ArrayNode skips = root.putArray("skipped");
        for (AuditReport.Skipped skipped : report.skipped()) {
            skips.addObject()
                    .put("topic", skipped.chain().topic())
                    .put("incarnation", skipped.chain().incarnation())
                    .put("partition", skipped.chain().partition())
                    .put("from", skipped.offsets().from())
                    .put("next", skipped.offsets().next())
                    .put("records", skipped.records())
                    .put("expired", skipped.expired())
                    .put("reason", skipped.reason());
        }
        ArrayNode gaps = root.putArray("lost");
        for (AuditReport.Lost lost : report.lost()) {
            gaps.addObject()
                    .put("topic", lost.chain().topic())
                    .put("incarnation", lost.chain().incarnation())
                    .put("partition", lost.chain().partition())
                    .put("from", lost.offsets().from())
                    .put("next", lost.offsets().next());
        }
        ArrayNode tables = root.putArray("tables");
        for (AuditReport.Table table : report.tables()) {
            ObjectNode node = tables.addObject().put("table", table.name());
            node.put("records", table.counts().records());
            table.counts().ended().forEach(node::put);
            node.put("rows", table.rows());
        }
        ArrayNode differences = root.putArray("differences");
        for (Difference difference : report.differences()) {
            ObjectNode node = differences
                    .addObject()
                    .put("hop", difference.hop().name().toLowerCase(Locale.ROOT))
                    .put("where", difference.where());
            difference
                    .offsets()
                    .ifPresent(range -> node.put("from", range.from()).put("next", range.next()));
            node.put("problem", difference.problem());
        }
        return root.toPrettyString();
    }

    private static String endings(AuditReport.Table table) {
        String endings = table.counts().ended().entrySet().stream()
                .filter(entry -> entry.getValue() > 0 || entry.getKey().equals("live"))
                .map(entry -> Text.count(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(" + "));
        return endings.isEmpty() ? "nothing" : endings;
    }

    private static void put(ObjectNode node, String name, OptionalLong value) {
        if (value.isPresent()) {
            node.put(name, value.getAsLong());
        } else {
            node.putNull(name);
        }
    }

    private static String orUnknown(OptionalLong value) {
        return value.isPresent() ? Text.count(value.getAsLong()) : "unknown";
    }
}
