package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.col;

import io.tributary.etl.read.Backlog;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.RejectRow;
import io.tributary.etl.table.Branch;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The table of all that was refused. Rejects of a batch are published here before its rows are published in their own
 * table, so a crash in between leaves rejects that are ahead of the table's watermark. They are then taken as decided:
 * the next run leaves those records out of the rows, whatever it would think of them itself, and adds none of them again.
 * Records of that range that are not among them were accepted; they are accepted again, because columns only ever widen
 * ({@link io.tributary.etl.schema.SchemaPlan}). So each record is in exactly one of the two tables, although two tables
 * cannot be committed at once. Confined to one thread.
 */
final class RejectedTable {
    private final MergeContext context;
    private final String name;

    RejectedTable(MergeContext context) {
        this.context = context;
        this.name = context.config().rejectedTable();
    }

    /**
     * What is known of rejects ahead of a table's watermark.
     *
     * @param state   the table of rejects as it was read
     * @param decided the rejects that a run left behind which did not publish its rows; empty mostly
     */
    record Ahead(TableState state, Optional<Dataset<Row>> decided) {}

    /** The table's state; of one that does not exist, that of an empty one. */
    TableState state() {
        return context.catalog().find(name).map(TableState::of).orElse(TableState.EMPTY);
    }

    /** How far a topic's own chains are merged into the table, found from its rows where no snapshot tells. */
    Map<ChainId, ChainPosition> positions(String topic, TableState state) {
        if (state.watermark().isPresent()) {
            return state.watermark().get().of(topic);
        }
        Map<ChainId, ChainPosition> positions = new HashMap<>();
        for (Row row : context.spark()
                .read()
                .option("snapshot-id", state.snapshotId())
                .table(context.catalog().sqlName(name))
                .where(col("topic").equalTo(topic))
                .groupBy("_incarnation", "partition")
                .agg(functions.max(col("offset")))
                .collectAsList()) {
            ChainId chain = new ChainId(topic, row.getString(0), row.getInt(1));
            positions.put(chain, context.backlog().positionAfter(chain, row.getLong(2)));
        }
        return positions;
    }

    /** Reads the state and the rejects within a batch that are published already. */
    Ahead ahead(Backlog backlog, Map<ChainId, ChainPosition> from) {
        TableState state = state();
        if (state.snapshot().isEmpty()) {
            return new Ahead(state, Optional.empty());
        }
        Optional<Watermark> published = state.watermark();
        Column within = functions.lit(false);
        boolean any = false;
        for (Map.Entry<ChainId, ChainPosition> entry : backlog.after().entrySet()) {
            ChainId chain = entry.getKey();
            long begin = from.getOrDefault(chain, ChainPosition.START).next();
            long end = entry.getValue().next();
            boolean isAhead = published.isEmpty() || published.get().at(chain).next() > begin;
            if (end > begin && isAhead) {
                any = true;
                within = within.or(col("topic")
                        .equalTo(chain.topic())
                        .and(col("_incarnation").equalTo(chain.incarnation()))
                        .and(col("partition").equalTo(chain.partition()))
                        .and(col("offset").geq(begin))
                        .and(col("offset").lt(end)));
            }
        }
        if (!any) {
            return new Ahead(state, Optional.empty());
        }
        Dataset<Row> decided = context.spark()
                .read()
                .option("snapshot-id", state.snapshotId())
                .table(context.catalog().sqlName(name))
                .where(within);
        return new Ahead(state, Optional.of(decided));
    }

    /**
     * Publishes rejects and how far they reach, at once.
     *
     * @param rejects rows of {@link RejectRow#SCHEMA}
     * @param after   the chains' positions that the rejects reach to
     * @return how many they are, or empty if another run published meanwhile: nothing is published then
     */
    Optional<Long> publish(Dataset<Row> rejects, Map<ChainId, ChainPosition> after, TableState state) {
        Table table = context.catalog().create(name, SparkSchemaUtil.convert(RejectRow.SCHEMA));
        Watermark watermark = state.watermark().orElse(Watermark.NONE).withFurther(after);
        Branch branch = Branch.create(table, state);
        boolean published = false;
        try {
            long before = state.counts().map(Counts::live).orElse(0L);
            long added = TableWriter.append(
                    context.spark(),
                    rejects,
                    context.catalog().sqlName(name),
                    branch,
                    Map.of(Watermark.PROPERTY, watermark.toJson()));
            Counts counts = new Counts(before + added, before + added, 0, 0, 0, 0, 0);
            branch.seal(Map.of(Watermark.PROPERTY, watermark.toJson(), Counts.PROPERTY, counts.toJson()));
            context.stages().reached(name, Stage.REJECTS_WRITTEN);
            published = branch.publish();
            if (published) {
                context.stages().reached(name, Stage.REJECTS_PUBLISHED);
            }
            return published ? Optional.of(added) : Optional.empty();
        } finally {
            if (!published) {
                branch.drop();
            }
        }
    }
}
