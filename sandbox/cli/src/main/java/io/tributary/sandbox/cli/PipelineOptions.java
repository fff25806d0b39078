package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Mode;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what to publish and into which table. Filled by picocli on the command's thread. */
final class PipelineOptions {
    private static final int MOST_PARTITIONS = 1000;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "CSV or NDJSON files (also .gz), directories of them, globs in quotes, or s3:// URLs. "
                    + "Default: the bundled sample.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--topic", paramLabel = "NAME", description = "Kafka topic. Default: the first file's base name.")
    private @Nullable String topic;

    @Option(names = "--table", paramLabel = "NAME", description = "Lake table. Default: the topic's name.")
    private @Nullable String table;

    @Option(
            names = "--key",
            paramLabel = "COL",
            split = ",",
            description = "Columns that make up a record's key: COL[,COL...].")
    private List<String> key = new ArrayList<>();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "append: a row for each record (default). upsert: one row for each key, the latest.")
    private Mode mode = Mode.APPEND;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or ndjson. Default: by the file's name.")
    private @Nullable Format format;

    @Mixin
    private CsvOptions csv = new CsvOptions();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of a topic that is made now. Default: ${DEFAULT-VALUE}.")
    private int partitions = 3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    /** Whether files are named. */
    boolean hasFiles() {
        return !files.isEmpty();
    }

    Path data() {
        return data;
    }

    int partitions() throws CommandFailure {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw CommandFailure.usage("--partitions must be from 1 to " + MOST_PARTITIONS + ", but is " + partitions);
        }
        return partitions;
    }

    /** How files are read. */
    enum Format {
        CSV,
        NDJSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was asked for, checked.
     *
     * @param source     what to publish
     * @param pipeline   where it goes
     * @param partitions of a new topic
     * @param data       the data directory
     * @param shown      the files as people call them
     * @param sample     whether it is the bundled sample
     */
    record Request(Source source, Pipeline pipeline, int partitions, Path data, String shown, boolean sample) {}

    /** Checks everything that can be checked without starting anything. */
    Request request(Installation installation, boolean follow) throws CommandFailure {
        int wanted = partitions();
        if (mode == Mode.UPSERT && key.isEmpty()) {
            throw CommandFailure.usage("--mode upsert needs to know what a row is: add --key COL[,COL...]");
        }
        boolean sample = files.isEmpty();
        List<String> given = sample ? List.of(InputFiles.sample(installation).toString()) : files;
        List<String> paths = InputFiles.check(given);
        if (format != Format.NDJSON && !csv.delimited()) {
            InputFiles.refuseOtherDelimiters(given);
        }
        String topicName = topic == null ? Names.topic(InputFiles.baseName(given.get(0))) : topic;
        if (!topicName.matches("[A-Za-z0-9._-]{1,200}") || topicName.matches("\\.{1,2}")) {
            throw CommandFailure.usage(
                    "--topic '" + topicName + "' is no topic name: letters, digits, '.', '_' and '-'");
        }
        if (topicName.endsWith(Names.rejectedTopic("")) || topicName.startsWith("tributary.")) {
            throw CommandFailure.usage("--topic '" + topicName + "' is taken by the pipeline itself; choose another");
        }
        String tableName = Names.table(table == null ? topicName : table);
        if (table != null && !table.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw CommandFailure.usage("--table '" + table + "' is no table name: letters, digits and '_'");
        }
        if (tableName.equals("rejected")) {
            throw CommandFailure.usage("table 'rejected' is where refused records go; choose another with --table");
        }
        Source source = new Source(
                topicName, paths, format == null ? "auto" : format.toString(), csv.settings(), key, topicName, follow);
        String shown = sample
                ? "the bundled sample (" + InputFiles.baseName(given.get(0)) + ")"
                : given.size() == 1 ? given.get(0) : given.get(0) + " and " + (given.size() - 1) + " more";
        return new Request(source, new Pipeline(topicName, tableName, mode, key), wanted, data, shown, sample);
    }
}
