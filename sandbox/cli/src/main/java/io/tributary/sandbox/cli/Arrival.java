package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.audit.Lake;
import io.tributary.sandbox.cli.client.MergeService;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.console.TextTable;
import io.tributary.sandbox.cli.pipeline.AuditText;
import io.tributary.sandbox.cli.pipeline.Steps;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What a run prints at its end: some rows, what was refused, the audit, and how to ask. */
record Arrival(Steps steps, Pipeline pipeline, Path data, AuditReport report, Console console) {
    private static final int SAMPLE_ROWS = 3;
    private static final int SAMPLE_REJECTS = 3;
    private static final int MANY = 500;
    private static final int MOST_COLUMNS = 7;
    private static final int WIDEST = 18;

    void print() throws CommandFailure {
        String table = pipeline.table();
        Optional<AuditReport.Table> found = report.tables().stream()
                .filter(each -> each.name().equals(table))
                .findFirst();
        console.line("");
        long count = found.map(AuditReport.Table::rows).orElse(0L);
        console.line("table " + table + ": " + Text.count(count, "row")
                + (count == 0 ? "; a table is made with its first row" : ""));
        if (found.isPresent() && found.get().rows() > 0) {
            rows(steps.rows(table, SAMPLE_ROWS));
        }
        rejects();
        console.line("");
        AuditText.lines(ofThisRun()).forEach(line -> console.line("  " + line));
        if (count == 0) {
            return;
        }
        console.line("");
        String option = data.toString().equals("data") ? "" : " --data " + quoted(data.toString());
        console.line("ask:  ./tributary sql" + option + " \"SELECT * FROM " + table + " LIMIT 10\"");
    }

    /** The report without what other topics count: their differences stay, since the verdict is on all. */
    private AuditReport ofThisRun() {
        String topic = pipeline.topic();
        Set<String> topics = Set.of(topic, Names.rejectedTopic(topic));
        Set<String> tables = Set.of(pipeline.table(), Lake.REJECTED);
        return new AuditReport(
                report.partitions().stream()
                        .filter(partition -> topics.contains(partition.chain().topic()))
                        .toList(),
                report.skipped().stream()
                        .filter(skipped -> topics.contains(skipped.chain().topic()))
                        .toList(),
                report.lost().stream()
                        .filter(lost -> topics.contains(lost.chain().topic()))
                        .toList(),
                report.tables().stream()
                        .filter(table -> tables.contains(table.name()))
                        .toList(),
                report.differences());
    }

    private void rows(MergeService.Rows rows) {
        List<Integer> shown = IntStream.range(0, rows.columns().size())
                .filter(column -> !rows.columns().get(column).startsWith("_"))
                .limit(MOST_COLUMNS)
                .boxed()
                .toList();
        TextTable table = new TextTable(shown.stream().map(rows.columns()::get).toList(), WIDEST);
        rows.rows().forEach(row -> table.row(shown.stream().map(row::get).toList()));
        table.lines().forEach(line -> console.line("  " + line));
        long hidden =
                rows.columns().stream().filter(name -> !name.startsWith("_")).count() - shown.size();
        if (hidden > 0) {
            console.line("  (and " + Text.count(hidden, "more column") + ")");
        }
    }

    private void rejects() throws CommandFailure {
        String rejectedTopic = Names.rejectedTopic(pipeline.topic());
        long fromSource = report.partitions().stream()
                .filter(partition -> partition.chain().topic().equals(rejectedTopic))
                .mapToLong(AuditReport.Partition::merged)
                .sum();
        long later = report.tables().stream()
                .filter(table -> table.name().equals(pipeline.table()))
                .mapToLong(table -> table.counts().ended().getOrDefault("rejected", 0L))
                .sum();
        if (fromSource + later == 0) {
            return;
        }
        MergeService.Rows rows = steps.rows(Lake.REJECTED, MANY);
        List<String> shown = new ArrayList<>();
        for (List<String> row : rows.rows()) {
            String topic = cell(rows, row, "topic");
            if (shown.size() < SAMPLE_REJECTS && (topic.equals(rejectedTopic) || topic.equals(pipeline.topic()))) {
                String parts = cell(rows, row, "parts");
                shown.add(cell(rows, row, "source") + ": " + cell(rows, row, "reason")
                        + (parts.equals("1") ? "" : " (part " + cell(rows, row, "part") + " of " + parts + ")"));
            }
        }
        console.line("");
        console.line(Text.count(fromSource + later, "record") + (fromSource + later == 1 ? " was" : " were")
                + " refused, kept in table rejected" + (shown.isEmpty() ? "" : ":"));
        shown.forEach(line -> console.line("  " + Text.shorten(line, 140)));
        if (fromSource + later > shown.size() && !shown.isEmpty()) {
            console.line("  (and " + Text.count(fromSource + later - shown.size()) + " more)");
        }
    }

    private static String cell(MergeService.Rows rows, List<String> row, String column) {
        int at = rows.columns().indexOf(column);
        return at < 0 ? "" : row.get(at);
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9._/-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
