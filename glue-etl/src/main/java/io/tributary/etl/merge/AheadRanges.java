package io.tributary.etl.merge;

import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where rejects of a batch may be published already, by a run that did not come to publish the batch's rows. Pure. */
final class AheadRanges {
    private AheadRanges() {}

    /**
     * The offsets of the batch, of the chains in which the rejects are ahead of the rows.
     *
     * @param rejects how far the rejects are published; empty if no snapshot tells, so that they may be anywhere
     * @param from    how far the rows are merged
     * @param after   how far they are merged after the batch
     */
    static Map<ChainId, OffsetRange> of(
            Optional<Watermark> rejects, Map<ChainId, ChainPosition> from, Map<ChainId, ChainPosition> after) {
        Map<ChainId, OffsetRange> ranges = new LinkedHashMap<>();
        after.forEach((chain, position) -> {
            long begin = from.getOrDefault(chain, ChainPosition.START).next();
            boolean mayBeAhead =
                    rejects.map(known -> known.at(chain).next() > begin).orElse(true);
            if (position.next() > begin && mayBeAhead) {
                ranges.put(chain, new OffsetRange(begin, position.next()));
            }
        });
        return ranges;
    }
}
