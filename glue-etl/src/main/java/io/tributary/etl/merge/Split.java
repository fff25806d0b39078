package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.QualityRule;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.RejectRow;
import io.tributary.etl.read.RowsFunction;
import io.tributary.etl.read.ScanResult;
import io.tributary.etl.schema.ColumnNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A batch's records as rows of the table and as rejects: each is in one of them at most, and in none only if it is a
 * tombstone of an append or left out by the transform. Owns what it keeps in Spark's storage. Confined to one thread.
 */
final class Split implements AutoCloseable {
    private static final String REASON = "_reason";
    private static final List<String> IDENTITY =
            List.of(ColumnNames.INCARNATION, ColumnNames.PARTITION, ColumnNames.OFFSET);

    private final TableConfig config;
    private final Dataset<Row> rows;
    private final Optional<Dataset<Row>> newRejects;
    private final Optional<Dataset<Row>> kept;
    private long rejected;

    private Split(
            TableConfig config,
            Dataset<Row> rows,
            Optional<Dataset<Row>> newRejects,
            Optional<Dataset<Row>> kept,
            long rejected) {
        this.config = config;
        this.rows = rows;
        this.newRejects = newRejects;
        this.kept = kept;
        this.rejected = rejected;
    }

    static Split of(
            MergeContext context,
            TableConfig config,
            Batch batch,
            ScanResult scan,
            TableSchema.Evolved evolved,
            RejectedTable.Ahead ahead) {
        Optional<Dataset<Row>> decided = ahead.decided()
                .map(rejects -> rejects.select(
                        col("_incarnation"),
                        col("partition").as(ColumnNames.PARTITION),
                        col("offset").as(ColumnNames.OFFSET)));
        Dataset<Row> records = without(batch.rows(evolved.columns()), decided);
        Dataset<Row> rows = asTable(
                config.transform().isPresent() ? transformed(context, config, batch, records) : records,
                evolved.table(),
                batch.keyed());
        boolean usedOften =
                config.transform().isPresent() || !config.rules().isEmpty() || (batch.keyed() && scan.tombstones() > 0);
        Optional<Dataset<Row>> kept =
                usedOften ? Optional.of(rows.persist(StorageLevel.MEMORY_AND_DISK())) : Optional.empty();

        Optional<Dataset<Row>> rejects = Optional.empty();
        if (!evolved.certain() || scan.undecoded() + scan.withoutKey() + scan.refused() > 0) {
            rejects = Optional.of(withoutRejects(batch.rejects(evolved.columns()), decided));
        }
        if (!config.rules().isEmpty()) {
            Column reason = reason(config, rows, batch.keyed());
            Dataset<Row> failing =
                    rows.withColumn(REASON, reason).where(col(REASON).isNotNull());
            if (!failing.isEmpty()) {
                Dataset<Row> byRule = byRule(batch, failing);
                rejects = Optional.of(rejects.map(byRule::unionByName).orElse(byRule));
                rows = rows.withColumn(REASON, reason)
                        .where(col(REASON).isNull())
                        .drop(REASON);
            }
        }
        return new Split(
                config, rows, rejects, kept, decided.map(Dataset::count).orElse(0L));
    }

    private static Dataset<Row> transformed(
            MergeContext context, TableConfig config, Batch batch, Dataset<Row> records) {
        Transform transform = new Transform(context.spark(), config);
        if (!batch.keyed()) {
            return transform.apply(records);
        }
        Dataset<Row> tombstones = records.where(col(RowsFunction.TOMBSTONE));
        Dataset<Row> values = transform
                .apply(records.where(not(col(RowsFunction.TOMBSTONE))).drop(RowsFunction.TOMBSTONE))
                .withColumn(RowsFunction.TOMBSTONE, lit(false));
        String[] metadata = ColumnNames.METADATA.toArray(String[]::new);
        return values.unionByName(tombstones.select(RowsFunction.TOMBSTONE, metadata), true);
    }

    /** The columns of the table in its order, and the mark of tombstones. */
    private static Dataset<Row> asTable(Dataset<Row> rows, Table table, boolean keyed) {
        StructType schema = SparkSchemaUtil.convert(table.schema());
        Set<String> present = new HashSet<>();
        for (String name : rows.columns()) {
            present.add(name.toLowerCase(Locale.ROOT));
        }
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            Column value = present.contains(field.name().toLowerCase(Locale.ROOT))
                    ? col("`" + field.name().replace("`", "``") + "`")
                    : lit(null);
            columns.add(value.cast(field.dataType()).as(field.name()));
        }
        if (keyed) {
            columns.add(col(RowsFunction.TOMBSTONE));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static Column reason(TableConfig config, Dataset<Row> rows, boolean keyed) {
        Column reason = lit(null).cast("string");
        for (int at = config.rules().size() - 1; at >= 0; at--) {
            QualityRule rule = config.rules().get(at);
            Column holds = coalesce(condition(rows, rule, config.path() + ".rules[" + at + "].where"), lit(false));
            reason = when(not(holds), lit("rule '" + rule.name() + "' does not hold: " + rule.where()))
                    .otherwise(reason);
        }
        return keyed
                ? when(col(RowsFunction.TOMBSTONE), lit(null).cast("string")).otherwise(reason)
                : reason;
    }

    private static Column condition(Dataset<Row> rows, QualityRule rule, String path) {
        try {
            Column condition = functions.expr("(" + rule.where() + ")");
            // Spark only says what is wrong with a condition when it is used.
            rows.where(condition).schema();
            return condition;
        } catch (Exception wrong) {
            throw new EtlException(path + ": " + Transform.firstLine(wrong) + " in: " + rule.where(), wrong);
        }
    }

    private static Dataset<Row> byRule(Batch batch, Dataset<Row> failing) {
        Dataset<Row> reasons = failing.select(
                col(ColumnNames.INCARNATION).as("_i"),
                col(ColumnNames.PARTITION).as("_p"),
                col(ColumnNames.OFFSET).as("_o"),
                col(REASON));
        Dataset<Row> lines = batch.lines(false);
        Column same = lines.col("_incarnation")
                .equalTo(reasons.col("_i"))
                .and(lines.col("partition").equalTo(reasons.col("_p")))
                .and(lines.col("offset").equalTo(reasons.col("_o")));
        String[] columns = RejectRow.SCHEMA.fieldNames();
        return lines.join(reasons, same)
                .withColumn("reason", col(REASON))
                .select(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
    }

    private static Dataset<Row> without(Dataset<Row> records, Optional<Dataset<Row>> decided) {
        if (decided.isEmpty()) {
            return records;
        }
        Dataset<Row> other = decided.get();
        Column same = lit(true);
        for (String column : IDENTITY) {
            same = same.and(records.col(column).equalTo(other.col(column)));
        }
        return records.join(other, same, "left_anti");
    }

    private static Dataset<Row> withoutRejects(Dataset<Row> rejects, Optional<Dataset<Row>> decided) {
        if (decided.isEmpty()) {
            return rejects;
        }
        Dataset<Row> other = decided.get();
        return rejects.join(
                other,
                rejects.col("_incarnation")
                        .equalTo(other.col("_incarnation"))
                        .and(rejects.col("partition").equalTo(other.col(ColumnNames.PARTITION)))
                        .and(rejects.col("offset").equalTo(other.col(ColumnNames.OFFSET))),
                "left_anti");
    }

    /** Rows with the table's columns; in an upsert tombstones too, marked. */
    Dataset<Row> rows() {
        return rows;
    }

    /** Whether the transform may have left records out. */
    boolean mayFilter() {
        return config.transform().isPresent();
    }

    boolean hasNewRejects() {
        return newRejects.isPresent();
    }

    Dataset<Row> newRejects() {
        return newRejects.orElseThrow();
    }

    void rejectsPublished(long count) {
        rejected += count;
    }

    /** How many of the batch's records are rejects. */
    long rejected() {
        return rejected;
    }

    @Override
    public void close() {
        kept.ifPresent(Dataset::unpersist);
    }
}
