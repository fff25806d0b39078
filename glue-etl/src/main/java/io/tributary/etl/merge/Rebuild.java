package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.schema.ColumnNames;
import io.tributary.etl.table.Cleaned;
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
            return Standing.recounted(state.watermark().get(), state.counts().get(), live);
        }
        Watermark watermark = state.watermark().orElseGet(() -> fromRows(rows));
        LOG.atWarn()
                .addKeyValue("table", config.table())
                .addKeyValue("watermark", watermark.toJson())
                .log("no snapshot tells what is merged: found it from the rows");
        return Standing.rebuilt(
                config.mode(), watermark, live, new RejectedTable(context).count(config.topic(), watermark));
    }

    private Watermark fromRows(Dataset<Row> rows) {
        Watermark cleaned =
                context.catalog().find(config.table()).map(Cleaned::of).orElse(Watermark.NONE);
        Map<ChainId, Long> highest = new HashMap<>();
        // A chain whose first links were cleaned up is merged at least that far, even if it left no row.
        cleaned.of(config.topic()).forEach((chain, position) -> highest.put(chain, position.next() - 1));
        for (Row row : rows.groupBy(ColumnNames.INCARNATION, ColumnNames.PARTITION)
                .agg(max(col(ColumnNames.OFFSET)))
                .collectAsList()) {
            highest.merge(new ChainId(config.topic(), row.getString(0), row.getInt(1)), row.getLong(2), Math::max);
        }
        Map<ChainId, ChainPosition> positions = new HashMap<>();
        highest.forEach((chain, offset) ->
                positions.put(chain, context.backlog().positionAfter(chain, offset, cleaned.at(chain))));
        return Watermark.NONE.with(positions);
    }
}
