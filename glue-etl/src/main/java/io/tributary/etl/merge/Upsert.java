package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.tributary.etl.read.RowsFunction;
import io.tributary.etl.schema.ColumnNames;
import io.tributary.etl.table.Branch;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Which record of a key stands in the table: of one chain the one with the highest offset; of several chains, which only
 * happens after partitions were added or the topic was made anew, the one with the latest timestamp, then the highest
 * partition and offset. Confined to one thread.
 *
 * <p>As long as a key stays in its partition this is exact in every way records can arrive. After partitions were added,
 * or the topic was made anew, a key has records in several chains, and two things hold only as far as they are merged
 * together: timestamps decide between chains, so a producer's clock must not go back; and a row that was deleted is
 * forgotten, so an older record of the key that is staged from its old partition after the tombstone was merged from its
 * new one stands in the table again until the key's next record.
 */
final class Upsert {
    private static final String KEY = ColumnNames.KEY;
    private static final String OF_CHAIN = "_of_chain";
    private static final String OF_KEY = "_of_key";
    private static final String FIRST_DELETES = "_first_deletes";
    private static final String NEXT_DELETES = "_next_deletes";

    private final SparkSession spark;
    private final String name;
    private final String table;
    private final Branch branch;

    Upsert(SparkSession spark, String name, String table, Branch branch) {
        this.spark = spark;
        this.name = name;
        this.table = table;
        this.branch = branch;
    }

    /** The latest record of each key in the batch. */
    Dataset<Row> winners(Dataset<Row> rows) {
        return ranked(rows).where(col(OF_KEY).equalTo(1)).drop(OF_KEY);
    }

    /**
     * How many records with a value a tombstone of the same key follows: within the batch, and of the rows that are in
     * the table before it.
     */
    long deletions(Dataset<Row> rows, boolean tableIsEmpty) {
        Dataset<Row> lean = rows.select(
                KEY,
                ColumnNames.INCARNATION,
                ColumnNames.PARTITION,
                ColumnNames.OFFSET,
                ColumnNames.TIMESTAMP,
                RowsFunction.TOMBSTONE);
        WindowSpec inOrder = Window.partitionBy(KEY)
                .orderBy(
                        col(ColumnNames.TIMESTAMP),
                        col(ColumnNames.INCARNATION),
                        col(ColumnNames.PARTITION),
                        col(ColumnNames.OFFSET));
        WindowSpec whole = inOrder.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        Dataset<Row> followed = allRanked(lean)
                .withColumn(NEXT_DELETES, lead(col(RowsFunction.TOMBSTONE), 1).over(inOrder))
                .withColumn(FIRST_DELETES, first(col(RowsFunction.TOMBSTONE)).over(whole));
        long within = followed.where(not(col(RowsFunction.TOMBSTONE))
                        .and(col(OF_KEY).notEqual(1))
                        .and(col(NEXT_DELETES)))
                .count();
        if (tableIsEmpty) {
            return within;
        }
        Dataset<Row> deleting = followed.where(col(OF_KEY).equalTo(1).and(col(FIRST_DELETES)));
        String view = view();
        deleting.createOrReplaceTempView(view);
        try {
            return within
                    + spark.sql("SELECT count(*) FROM " + TableWriter.onBranch(table, branch) + " t JOIN " + view
                                    + " s ON t." + KEY + " = s." + KEY + " AND " + newer())
                            .first()
                            .getLong(0);
        } finally {
            spark.catalog().dropTempView(view);
        }
    }

    /** Applies the winners to the table's branch. */
    Snapshot merge(Dataset<Row> winners, Map<String, String> summary) {
        String[] columns = Arrays.stream(winners.columns())
                .filter(column -> !column.equals(RowsFunction.TOMBSTONE))
                .map(column -> "`" + column.replace("`", "``") + "`")
                .toArray(String[]::new);
        String view = view();
        winners.createOrReplaceTempView(view);
        String sql = "MERGE INTO " + TableWriter.onBranch(table, branch) + " t USING " + view + " s ON t." + KEY
                + " = s." + KEY
                + " WHEN MATCHED AND " + newer() + " AND s." + RowsFunction.TOMBSTONE + " THEN DELETE"
                + " WHEN MATCHED AND " + newer() + " THEN UPDATE SET " + join(columns, "t.%1$s = s.%1$s")
                + " WHEN NOT MATCHED AND NOT s." + RowsFunction.TOMBSTONE + " THEN INSERT (" + join(columns, "%1$s")
                + ") VALUES (" + join(columns, "s.%1$s") + ")";
        try {
            return TableWriter.execute(spark, sql, branch, summary);
        } finally {
            spark.catalog().dropTempView(view);
        }
    }

    /** Whether the record {@code s} is later than the row {@code t} of the same key. */
    private static String newer() {
        return "(CASE WHEN t._incarnation = s._incarnation AND t._topic_partition = s._topic_partition"
                + " THEN s._offset > t._offset"
                + " ELSE struct(s._timestamp, s._topic_partition, s._offset) > struct(t._timestamp, t._topic_partition, t._offset)"
                + " END)";
    }

    private static Dataset<Row> ranked(Dataset<Row> rows) {
        // In two steps, so that of each chain only one record of a key is left for the second.
        return rows.withColumn(OF_CHAIN, row_number().over(byChain()))
                .where(col(OF_CHAIN).equalTo(1))
                .drop(OF_CHAIN)
                .withColumn(OF_KEY, row_number().over(byKey()));
    }

    private static Dataset<Row> allRanked(Dataset<Row> rows) {
        Column[] order = {
            col(OF_CHAIN).equalTo(1).desc(),
            col(ColumnNames.TIMESTAMP).desc(),
            col(ColumnNames.PARTITION).desc(),
            col(ColumnNames.OFFSET).desc()
        };
        return rows.withColumn(OF_CHAIN, row_number().over(byChain()))
                .withColumn(OF_KEY, row_number().over(Window.partitionBy(KEY).orderBy(order)));
    }

    private static WindowSpec byChain() {
        return Window.partitionBy(KEY, ColumnNames.INCARNATION, ColumnNames.PARTITION)
                .orderBy(col(ColumnNames.OFFSET).desc());
    }

    private static WindowSpec byKey() {
        return Window.partitionBy(KEY)
                .orderBy(
                        col(ColumnNames.TIMESTAMP).desc(),
                        col(ColumnNames.PARTITION).desc(),
                        col(ColumnNames.OFFSET).desc());
    }

    private String view() {
        return "tributary_" + name.toLowerCase(Locale.ROOT) + "_"
                + UUID.randomUUID().toString().replace("-", "");
    }

    private static String join(String[] columns, String form) {
        return String.join(
                ", ",
                Arrays.stream(columns)
                        .map(column -> String.format(form, column))
                        .toList());
    }
}
