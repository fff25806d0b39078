package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which rejects. Filled by picocli on the command's thread. */
final class RejectSelection {
    @Option(names = "--topic", paramLabel = "T", description = "Only those of this topic.")
    private @Nullable String topic;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            split = ",",
            description = "Only those of these stages: source, decode, transform, merge.")
    private List<Stage> stages = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Only those of which this is true, for example \"reason LIKE '%%amount%%'\".")
    private @Nullable String where;

    /** Where a record was refused. */
    enum Stage {
        SOURCE,
        DECODE,
        TRANSFORM,
        MERGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isNarrowed() {
        return topic != null || !stages.isEmpty() || where != null;
    }

    /**
     * The query for them, in order.
     *
     * @param rowsToo whether rows that a source refused are of use, which are no records yet
     */
    String query(boolean rowsToo) throws CommandFailure {
        if (!rowsToo && stages.contains(Stage.SOURCE)) {
            throw CommandFailure.usage("rows that a source refused are no records yet: `redrive --export FILE --stage "
                    + "source`, add the record to each line as \"value\", then `redrive FILE`; or correct the row and "
                    + "append it to its file");
        }
        List<String> conditions = new ArrayList<>();
        if (!rowsToo) {
            conditions.add("stage <> 'source'");
        }
        if (!stages.isEmpty()) {
            conditions.add("stage IN ("
                    + stages.stream().map(stage -> text(stage.toString())).collect(Collectors.joining(", ")) + ")");
        }
        if (topic != null) {
            conditions.add("topic IN (" + text(topic) + ", " + text(Names.rejectedTopic(topic)) + ")");
        }
        if (where != null) {
            conditions.add("(" + where + ")");
        }
        return "SELECT * FROM rejected" + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY topic, _incarnation, \"partition\", \"offset\"";
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
