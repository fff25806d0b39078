package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.audit.Lake;
import io.tributary.sandbox.cli.audit.Published;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.console.TextTable;
import io.tributary.sandbox.cli.pipeline.Clients;
import io.tributary.sandbox.cli.process.Leftovers;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Workspace;
import io.tributary.staging.ChainId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prints how a data directory stands. Used by one thread. */
record StatusText(Workspace workspace, Pipelines pipelines) {
    private static final int WIDEST = 60;

    void atRest() {
        System.out.println("nothing runs in " + workspace.root());
        int left = Leftovers.find(workspace.root()).size();
        if (left > 0) {
            System.out.println("(an interrupted command left " + left + (left == 1 ? " process" : " processes")
                    + "; the next command ends what it left)");
        }
        for (Pipeline pipeline : pipelines.all()) {
            System.out.println("topic " + pipeline.topic() + " -> table " + pipeline.table() + ", "
                    + pipeline.mode().label());
        }
    }

    void running(String holder, Endpoints endpoints) throws IOException, CommandFailure {
        System.out.println(holder + " in " + workspace.root());
        TextTable processes = new TextTable(List.of("process", "pid", "at"), WIDEST).right(1);
        Map<String, String> addresses = new TreeMap<>(Map.of(
                "kafka", endpoints.kafka(),
                "s3", endpoints.s3(),
                "catalog", endpoints.catalogJdbc().replaceFirst("^jdbc:h2:tcp://([^/]+)/.*", "$1"),
                "merge", endpoints.merge()));
        endpoints.sql().ifPresent(address -> addresses.put("sql", address));
        endpoints.consumer().ifPresent(address -> addresses.put("consumer-1", address));
        pids().forEach((name, pid) -> processes.row(List.of(name, pid, addresses.getOrDefault(name, ""))));
        processes.lines().forEach(line -> System.out.println("  " + line));
        try (Clients clients = Clients.of(endpoints)) {
            counts(clients);
        }
    }

    private void counts(Clients clients) throws CommandFailure, IOException {
        Published published = clients.log().published();
        clients.staging().ends(clients.broker().partitions(pipelines.topics()));
        Map<ChainId, Long> staged = clients.staging().recordsByChain();
        TextTable table = new TextTable(List.of("topic", "table", "published", "staged", "lag", "rows"), WIDEST);
        for (int column = 2; column < 6; column++) {
            table.right(column);
        }
        Map<String, Long> rows = new TreeMap<>();
        try {
            for (Lake.Table found : clients.merge().audit(false).tables()) {
                rows.put(found.name(), found.rows());
            }
        } catch (IOException sparkIsStarting) {
            // Then the rows are not known yet.
        }
        for (Pipeline pipeline : pipelines.all()) {
            long out = sum(published.records(), pipeline.topic());
            long in = sum(staged, pipeline.topic());
            Long found = rows.get(pipeline.table());
            table.row(List.of(
                    pipeline.topic(),
                    pipeline.table(),
                    Text.count(out),
                    Text.count(in),
                    Text.count(Math.max(0, out - in)),
                    found == null ? "" : Text.count(found)));
        }
        table.lines().forEach(line -> System.out.println("  " + line));
    }

    private Map<String, String> pids() throws IOException {
        Map<String, String> pids = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(workspace.run(), "*.pid")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.pid$", "");
                try (Stream<String> lines = Files.lines(file)) {
                    pids.put(name, lines.findFirst().orElse(""));
                }
            }
        }
        return pids;
    }

    private static long sum(Map<ChainId, Long> records, String topic) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
