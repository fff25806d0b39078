package io.tributary.etl.merge;

import io.tributary.etl.config.TableConfig;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;

/**
 * Where a table stands before a batch.
 *
 * @param watermark how far its chains are merged
 * @param counts    what became of their records
 * @param empty     whether it surely has no rows
 */
record Standing(Watermark watermark, Counts counts, boolean empty) {
    static Standing of(MergeContext context, TableConfig config, TableState state) {
        if (state.snapshot().isEmpty()) {
            return new Standing(Watermark.NONE, Counts.NONE, true);
        }
        if (state.watermark().isPresent() && state.counts().isPresent() && !state.foreign()) {
            Counts counts = state.counts().get();
            return new Standing(state.watermark().get(), counts, counts.live() == 0);
        }
        return new Rebuild(context, config).standing(state);
    }
}
