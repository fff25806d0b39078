package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.RejectRow;
import io.tributary.etl.schema.ColumnNames;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a table's standing from its rows, where others have written snapshots that do not tell it. Links are merged
 * whole, so the watermark is the end of the link that holds a chain's highest offset. Links after it that left no row
 * are merged once more: rejects are known by the table of rejects, and the others change no row. What became of records
 * without a row can no longer be told apart; they are counted as superseded in an upsert and as tombstones in an append.
 */
final class Rebuild {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private final MergeContext context;
    private final TableConfig config;

    Rebuild(MergeContext context, TableConfig config) {
        this.context = context;
        this.config = config;
    }

    Standing standing(TableState state) {
        Dataset<Row> rows = context.spark()
                .read()
                .option("snapshot-id", state.snapshotId())
                .table(context.catalog().sqlName(config.table()));
        long live = rows.count();
        if (state.watermark().isPresent() && state.counts().isPresent()) {
            return new Standing(
                    state.watermark().get(), recounted(state.counts().get(), live), live == 0);
        }
        Watermark watermark = state.watermark().orElseGet(() -> fromRows(rows));
        LOG.atWarn()
                .addKeyValue("table", config.table())
                .addKeyValue("watermark", watermark.toJson())
                .log("no snapshot tells what is merged: found it from the rows");
        return new Standing(watermark, counted(watermark, live), live == 0);
    }

    /** Rows that someone else removed count as deleted. */
    private static Counts recounted(Counts counts, long live) {
        long removed = counts.live() - live;
        return new Counts(
                counts.records(),
                live,
                counts.superseded(),
                counts.tombstones(),
                counts.deleted() + removed,
                counts.rejected(),
                counts.filtered());
    }

    private Watermark fromRows(Dataset<Row> rows) {
        Map<ChainId, ChainPosition> positions = new HashMap<>();
        for (Row row : rows.groupBy(ColumnNames.INCARNATION, ColumnNames.PARTITION)
                .agg(max(col(ColumnNames.OFFSET)))
                .collectAsList()) {
            ChainId chain = new ChainId(config.topic(), row.getString(0), row.getInt(1));
            positions.put(chain, context.backlog().positionAfter(chain, row.getLong(2)));
        }
        return Watermark.NONE.with(positions);
    }

    private Counts counted(Watermark watermark, long live) {
        long read = watermark.chains().values().stream()
                .mapToLong(ChainPosition::records)
                .sum();
        long rejected = context.catalog().find(context.config().rejectedTable()).isEmpty()
                ? 0
                : context.spark()
                        .table(context.catalog().sqlName(context.config().rejectedTable()))
                        .where(col("topic")
                                .equalTo(config.topic())
                                .and(col("stage").notEqual(RejectRow.SOURCE)))
                        .count();
        long records = Math.max(read, live + rejected);
        long rest = records - live - rejected;
        return switch (config.mode()) {
            case APPEND -> new Counts(records, live, 0, rest, 0, rejected, 0);
            case UPSERT -> new Counts(records, live, rest, 0, 0, rejected, 0);
        };
    }
}
