package io.tributary.etl.merge;

import io.tributary.etl.config.TableConfig;
import java.util.ArrayList;
import java.util.List;

/** Merges every table, then what the sources refused. */
public final class Merges {
    private Merges() {}

    /** Runs to the end of what is staged; the first failure ends it. What was published before stays. */
    public static List<TableReport> runAll(MergeContext context) {
        List<TableReport> reports = new ArrayList<>();
        for (TableConfig table : context.config().tables()) {
            reports.add(new TableMerge(context, table).run());
        }
        for (TableConfig table : context.config().tables()) {
            reports.add(new SourceRejectsMerge(context, table.rejectedTopic()).run());
        }
        for (TableConfig table : context.config().tables()) {
            context.maintenance().tidy(table.table());
        }
        context.maintenance().tidy(context.config().rejectedTable());
        return List.copyOf(reports);
    }
}
