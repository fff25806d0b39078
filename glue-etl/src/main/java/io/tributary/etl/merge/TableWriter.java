package io.tributary.etl.merge;

import io.tributary.etl.EtlException;
import io.tributary.etl.table.Branch;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Writes datasets to a branch, with properties in the snapshot's summary. Stateless. */
final class TableWriter {
    private TableWriter() {}

    /**
     * Appends rows.
     *
     * @return how many
     */
    static long append(
            SparkSession spark, Dataset<Row> rows, String table, Branch branch, Map<String, String> summary) {
        try {
            CommitMetadata.withCommitProperties(
                    summary,
                    () -> {
                        rows.writeTo(onBranch(table, branch)).append();
                        return Boolean.TRUE;
                    },
                    NoSuchTableException.class);
        } catch (NoSuchTableException dropped) {
            throw new EtlException("table " + table + " was dropped while it was written", dropped);
        }
        return number(branch.head(), SnapshotSummary.ADDED_RECORDS_PROP);
    }

    /** Runs a statement that changes the branch. */
    static Snapshot execute(SparkSession spark, String sql, Branch branch, Map<String, String> summary) {
        CommitMetadata.withCommitProperties(
                summary,
                () -> {
                    spark.sql(sql);
                    return Boolean.TRUE;
                },
                RuntimeException.class);
        return branch.head();
    }

    /** How SQL names the table's branch. */
    static String onBranch(String table, Branch branch) {
        return table + ".`branch_" + branch.name() + "`";
    }

    /** A number in a snapshot's summary; absent means 0. */
    static long number(Snapshot snapshot, String property) {
        String value = snapshot.summary().get(property);
        return value == null ? 0 : Long.parseLong(value);
    }
}
