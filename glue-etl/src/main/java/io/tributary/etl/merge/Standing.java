package io.tributary.etl.merge;

import io.tributary.etl.config.Mode;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import java.util.Optional;

/**
 * Where a table stands before a batch.
 *
 * @param watermark how far its chains are merged
 * @param counts    what became of their records
 * @param empty     whether it surely has no rows
 */
record Standing(Watermark watermark, Counts counts, boolean empty) {
    /** A table's standing, from its rows where its snapshots do not tell all of it. */
    static Standing of(MergeContext context, TableConfig config, TableState state) {
        return told(state).orElseGet(() -> new Rebuild(context, config).standing(state));
    }

    /** What the snapshots tell; empty if others may have changed rows since, or if it was forgotten. */
    static Optional<Standing> told(TableState state) {
        if (state.isEmpty()) {
            return Optional.of(new Standing(Watermark.NONE, Counts.NONE, true));
        }
        if (state.foreign()) {
            return Optional.empty();
        }
        return state.watermark()
                .flatMap(watermark ->
                        state.counts().map(counts -> new Standing(watermark, counts, counts.live() == 0)));
    }

    /** What the snapshots tell, and the rows that there are: what someone else removed counts as deleted. */
    static Standing recounted(Watermark watermark, Counts counts, long live) {
        long removed = counts.live() - live;
        return new Standing(
                watermark,
                new Counts(
                        counts.records(),
                        live,
                        counts.superseded(),
                        counts.tombstones(),
                        counts.deleted() + removed,
                        counts.rejected(),
                        counts.filtered()),
                live == 0);
    }

    /**
     * What rows and links tell, where no snapshot does. What became of records without a row can no longer be told apart:
     * they are counted as superseded in an upsert and as tombstones in an append.
     *
     * @param live     rows in the table
     * @param rejected records of the topic in the table of rejects
     */
    static Standing rebuilt(Mode mode, Watermark watermark, long live, long rejected) {
        long read = watermark.chains().values().stream()
                .mapToLong(ChainPosition::records)
                .sum();
        long records = Math.max(read, live + rejected);
        long rest = records - live - rejected;
        Counts counts = switch (mode) {
            case APPEND -> new Counts(records, live, 0, rest, 0, rejected, 0);
            case UPSERT -> new Counts(records, live, rest, 0, 0, rejected, 0);
        };
        return new Standing(watermark, counts, live == 0);
    }
}
