package io.tributary.etl.merge;

import io.tributary.etl.Reasons;
import io.tributary.etl.config.TableConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges every table, then what the sources refused. A table that fails does not stop the others. */
public final class Merges {
    private static final Logger LOG = LoggerFactory.getLogger(Merges.class);

    private final MergeContext context;
    private final List<TableReport> reports = new ArrayList<>();
    private final List<Failed> failures = new ArrayList<>();

    private Merges(MergeContext context) {
        this.context = context;
    }

    /**
     * What became of all tables.
     *
     * @param reports  what was merged, of tables that did not fail
     * @param failures the tables that failed; what they had published before stays
     */
    public record Outcome(List<TableReport> reports, List<Failed> failures) {}

    /**
     * A table that failed.
     *
     * @param table its name, with the topic where several topics feed it
     * @param cause why
     */
    public record Failed(String table, Exception cause) {
        /** Why, on one line. */
        public String reason() {
            return Reasons.of(cause);
        }
    }

    /** Runs to the end of what is staged. */
    public static Outcome runAll(MergeContext context) {
        return new Merges(context).run();
    }

    private Outcome run() {
        List<TableConfig> tables = context.config().tables();
        String rejected = context.config().rejectedTable();
        for (TableConfig table : tables) {
            if (attempt(table.table(), () -> new TableMerge(context, table).run())) {
                context.cleanup().clean(table.topic(), table.table());
            }
        }
        for (TableConfig table : tables) {
            String topic = table.rejectedTopic();
            if (attempt(rejected + " (topic " + topic + ")", () -> new SourceRejectsMerge(context, topic).run())) {
                context.cleanup().clean(topic, rejected);
            }
        }
        for (TableConfig table : tables) {
            context.maintenance().tidy(table.table());
        }
        context.maintenance().tidy(rejected);
        return new Outcome(List.copyOf(reports), List.copyOf(failures));
    }

    private boolean attempt(String name, Supplier<TableReport> merge) {
        try {
            reports.add(merge.get());
            return true;
        } catch (Exception failure) {
            // Not only unchecked ones: Spark, written in Scala, throws checked exceptions that it does not declare.
            LOG.atError().setCause(failure).addKeyValue("table", name).log("the table could not be merged");
            failures.add(new Failed(name, failure));
            return false;
        }
    }
}
