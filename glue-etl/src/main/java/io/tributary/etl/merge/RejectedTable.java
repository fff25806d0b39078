package io.tributary.etl.merge;

import static org.apache.spark.sql.functions.col;

import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.Backlog;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.RejectRow;
import io.tributary.etl.table.Branch;
import io.tributary.etl.table.Cleaned;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.HashMap;
import java.util.List;
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

    /** How far all chains are merged into the table, found from its rows where no snapshot tells. */
    Watermark watermark(TableState state) {
        return state.watermark().orElseGet(() -> fromRows(state));
    }

    private Watermark fromRows(TableState state) {
        Watermark cleaned = context.catalog().find(name).map(Cleaned::of).orElse(Watermark.NONE);
        Map<ChainId, Long> highest = new HashMap<>();
        cleaned.chains().forEach((chain, position) -> highest.put(chain, position.next() - 1));
        for (Row row : rows(state)
                .groupBy("topic", "_incarnation", "partition")
                .agg(functions.max(col("offset")))
                .collectAsList()) {
            highest.merge(new ChainId(row.getString(0), row.getString(1), row.getInt(2)), row.getLong(3), Math::max);
        }
        List<String> own = context.config().tables().stream()
                .map(TableConfig::rejectedTopic)
                .toList();
        Map<ChainId, ChainPosition> positions = new HashMap<>();
        // Of other topics only some records come here: how far their links were read, their own tables know.
        highest.forEach((chain, offset) -> positions.put(
                chain,
                own.contains(chain.topic())
                        ? context.backlog().positionAfter(chain, offset, cleaned.at(chain))
                        : new ChainPosition(offset + 1, 0, -1)));
        return Watermark.NONE.with(positions);
    }

    private Dataset<Row> rows(TableState state) {
        return context.spark()
                .read()
                .option("snapshot-id", state.snapshotId())
                .table(context.catalog().sqlName(name));
    }

    /** Rows in the table: by its counts, or counted where others may have changed it. */
    private long live(TableState state) {
        return Standing.told(state)
                .map(standing -> standing.counts().live())
                .orElseGet(() -> rows(state).count());
    }

    /** Reads the state and the rejects within a batch that are published already. */
    Ahead ahead(Backlog backlog, Map<ChainId, ChainPosition> from) {
        TableState state = state();
        if (state.isEmpty()) {
            return new Ahead(state, Optional.empty());
        }
        Map<ChainId, OffsetRange> ranges = AheadRanges.of(state.watermark(), from, backlog.after());
        return new Ahead(
                state,
                ranges.isEmpty() ? Optional.empty() : Optional.of(rows(state).where(within(ranges))));
    }

    private static Column within(Map<ChainId, OffsetRange> ranges) {
        Column within = functions.lit(false);
        for (Map.Entry<ChainId, OffsetRange> entry : ranges.entrySet()) {
            ChainId chain = entry.getKey();
            within = within.or(col("topic")
                    .equalTo(chain.topic())
                    .and(col("_incarnation").equalTo(chain.incarnation()))
                    .and(col("partition").equalTo(chain.partition()))
                    .and(col("offset").geq(entry.getValue().from()))
                    .and(col("offset").lt(entry.getValue().next())));
        }
        return within;
    }

    /** How many rejects of a topic the table has below a watermark. */
    long count(String topic, Watermark watermark) {
        TableState state = state();
        Map<ChainId, OffsetRange> ranges = AheadRanges.of(Optional.empty(), Map.of(), watermark.of(topic));
        return state.isEmpty() || ranges.isEmpty()
                ? 0
                : rows(state).where(within(ranges)).count();
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
        Watermark watermark = watermark(state).withFurther(after);
        Branch branch = Branch.create(table, state);
        boolean published = false;
        try {
            long before = live(state);
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
