package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.Mode;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.RowsFunction;
import io.tributary.etl.read.ScanResult;
import io.tributary.etl.schema.ColumnNames;
import io.tributary.etl.table.Branch;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.Watermark;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes a batch's rows, the watermark and the counts to a branch, and checks that they add up: the part that is audited
 * before it is published. An append is one snapshot. What an upsert does to the counts is known only after it; they
 * follow in a second snapshot without rows, which is published together with the first. Confined to one thread.
 */
final class RowWriter {
    private final MergeContext context;
    private final TableConfig config;
    private final Branch branch;
    private final Standing standing;
    private final Split split;
    private final String table;

    RowWriter(MergeContext context, TableConfig config, Branch branch, Standing standing, Split split) {
        this.context = context;
        this.config = config;
        this.branch = branch;
        this.standing = standing;
        this.split = split;
        this.table = context.catalog().sqlName(config.table());
    }

    /**
     * Writes.
     *
     * @return what became of the batch's records
     */
    Counts write(ScanResult scan, Watermark watermark) {
        long values = scan.records() - scan.tombstones() - split.rejected();
        if (split.mayFilter()) {
            checkOneRowEach();
        }
        return config.mode() == Mode.APPEND ? append(scan, values, watermark) : upsert(scan, values, watermark);
    }

    private void checkOneRowEach() {
        long rows = split.rows().count();
        long records = split.rows()
                .select(ColumnNames.INCARNATION, ColumnNames.PARTITION, ColumnNames.OFFSET)
                .distinct()
                .count();
        if (rows != records) {
            throw new EtlException(config.path() + ".transform: the query makes " + rows + " rows of " + records
                    + " records; it must make one row of a record, or none");
        }
    }

    private Counts append(ScanResult scan, long values, Watermark watermark) {
        if (split.mayFilter()) {
            long rows = TableWriter.append(
                    context.spark(), split.rows(), table, branch, Map.of(Watermark.PROPERTY, watermark.toJson()));
            context.stages().reached(config.table(), Stage.ROWS_WRITTEN);
            Counts counts = counts(scan, rows, 0, 0, values - rows);
            seal(watermark, counts);
            return counts;
        }
        Counts counts = counts(scan, values, 0, 0, 0);
        if (values == 0) {
            seal(watermark, counts);
            return counts;
        }
        long rows = TableWriter.append(context.spark(), split.rows(), table, branch, summary(watermark, counts));
        context.stages().reached(config.table(), Stage.ROWS_WRITTEN);
        if (rows != values) {
            throw new EtlException("table " + config.table() + ": " + values + " rows were to be written, but " + rows
                    + " were; nothing was published");
        }
        return counts;
    }

    private Counts upsert(ScanResult scan, long unfiltered, Watermark watermark) {
        long values = split.mayFilter()
                ? split.rows().where(not(col(RowsFunction.TOMBSTONE))).count()
                : unfiltered;
        Upsert upsert = new Upsert(context.spark(), config.table(), table, branch);
        long deleted = scan.tombstones() == 0 ? 0 : upsert.deletions(split.rows(), standing.empty());
        Dataset<Row> winners = upsert.winners(split.rows());
        Map<String, String> marked = Map.of(Watermark.PROPERTY, watermark.toJson());
        long added;
        long removed = 0;
        if (standing.empty()) {
            added = TableWriter.append(
                    context.spark(),
                    winners.where(not(col(RowsFunction.TOMBSTONE))).drop(RowsFunction.TOMBSTONE),
                    table,
                    branch,
                    marked);
        } else {
            Snapshot merged = upsert.merge(winners, marked);
            added = TableWriter.number(merged, SnapshotSummary.ADDED_RECORDS_PROP);
            // Deletes of earlier merges that share a file with new ones are written anew and their file is removed.
            removed = TableWriter.number(merged, SnapshotSummary.ADDED_POS_DELETES_PROP)
                    - TableWriter.number(merged, SnapshotSummary.REMOVED_POS_DELETES_PROP)
                    + TableWriter.number(merged, SnapshotSummary.DELETED_RECORDS_PROP);
        }
        context.stages().reached(config.table(), Stage.ROWS_WRITTEN);
        long live = added - removed;
        Counts counts = counts(scan, live, values - live - deleted, deleted, unfiltered - values);
        seal(watermark, counts);
        return counts;
    }

    private Counts counts(ScanResult scan, long live, long superseded, long deleted, long filtered) {
        if (superseded < 0 || filtered < 0) {
            throw new EtlException(
                    "table " + config.table() + ": more rows than records were written; nothing was" + " published");
        }
        return new Counts(scan.records(), live, superseded, scan.tombstones(), deleted, split.rejected(), filtered);
    }

    private void seal(Watermark watermark, Counts counts) {
        branch.seal(summary(watermark, counts));
    }

    private Map<String, String> summary(Watermark watermark, Counts counts) {
        return Map.of(
                Watermark.PROPERTY,
                watermark.toJson(),
                Counts.PROPERTY,
                standing.counts().plus(counts).toJson());
    }
}
