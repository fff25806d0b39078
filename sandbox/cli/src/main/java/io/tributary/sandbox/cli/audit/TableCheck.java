package io.tributary.sandbox.cli.audit;

import io.tributary.sandbox.cli.audit.Difference.Hop;
import java.util.List;
import java.util.Optional;

/** Inside one table: every record that came in ended in one known way, and the rows that a query counts are those. */
final class TableCheck {
    private TableCheck() {}

    static void check(Lake.Table table, List<Difference> differences) {
        Lake.Counts counts = table.counts();
        long read = table.watermarks().values().stream()
                .mapToLong(Lake.Watermark::records)
                .sum();
        if (!table.name().equals(Lake.REJECTED) && counts.records() != read) {
            add(table, differences, "its watermarks say that it read " + read + ", its counts say " + counts.records());
        }
        if (counts.sum() != counts.records()) {
            add(
                    table,
                    differences,
                    PartitionCheck.count(counts.records()) + " came in, but " + counts.ended() + " makes "
                            + counts.sum());
        }
        if (counts.live() != table.rows()) {
            add(table, differences, counts.live() + " rows should be there, a query counts " + table.rows());
        }
        table.faults().forEach(fault -> add(table, differences, fault));
    }

    private static void add(Lake.Table table, List<Difference> differences, String problem) {
        differences.add(new Difference(Hop.TABLE, "table " + table.name(), Optional.empty(), problem));
    }
}
