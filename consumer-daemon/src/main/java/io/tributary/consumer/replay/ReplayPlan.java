package io.tributary.consumer.replay;

import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which offsets of a new generation come from where. Every end of an old link is the end of a new one. Pure. */
final class ReplayPlan {
    private ReplayPlan() {}

    /**
     * Offsets of the new generation that one old link, or a hole between two, covers.
     *
     * @param range  the offsets
     * @param old    the link that has them; empty for a hole
     * @param reread those of them that are read from Kafka again; all others are copied
     */
    record Piece(OffsetRange range, Optional<Link> old, OffsetRange reread) {
        /** Whether nothing of the old link is needed. */
        boolean isAllNew() {
            return reread.equals(range);
        }
    }

    /**
     * Plans what is still to be written.
     *
     * @param old    the links that exist, ascending
     * @param asked  what is to be read again
     * @param log    what Kafka has
     * @param begin  where the new generation ends already; 0 at first
     * @throws UsageException if the chain has a hole that Kafka cannot fill, or links that overlap
     */
    static List<Piece> of(List<Link> old, OffsetRange asked, OffsetRange log, long begin) throws UsageException {
        List<Piece> pieces = new ArrayList<>();
        List<ChainCheck.Fault> faults = ChainCheck.faults(0, old);
        long expected = 0;
        for (Link link : old) {
            for (ChainCheck.Fault fault : faults) {
                if (fault.kind() == ChainCheck.Kind.OVERLAP
                        && fault.range().from() == link.name().from()) {
                    throw new UsageException("the chain is broken: " + fault + "; remove one of them first");
                }
            }
            if (link.name().from() > expected) {
                OffsetRange hole = new OffsetRange(expected, link.name().from());
                if (hole.next() > begin) {
                    if (log.from() > Math.max(begin, hole.from())) {
                        throw new UsageException("no link covers offsets " + hole + ", and Kafka's log begins at "
                                + log.from() + ": what was there is lost or was cleaned up, and cannot be replayed");
                    }
                    OffsetRange left = new OffsetRange(Math.max(begin, hole.from()), hole.next());
                    pieces.add(new Piece(left, Optional.empty(), left));
                }
            }
            expected = link.metadata().next();
            if (expected > begin) {
                OffsetRange left = new OffsetRange(Math.max(begin, link.name().from()), expected);
                pieces.add(new Piece(left, Optional.of(link), reread(left, asked, log)));
            }
        }
        return pieces;
    }

    private static OffsetRange reread(OffsetRange range, OffsetRange asked, OffsetRange log) {
        long from = Math.max(range.from(), Math.max(asked.from(), log.from()));
        long next = Math.min(range.next(), Math.min(asked.next(), log.next()));
        return from < next ? new OffsetRange(from, next) : new OffsetRange(range.from(), range.from());
    }
}
