package io.tributary.staging;

import java.util.ArrayList;
import java.util.List;

/** Checks that links form a chain: each begins where the one before it ends. */
public final class ChainCheck {
    private ChainCheck() {}

    /**
     * A place where the chain is broken.
     *
     * @param kind  a hole (offsets that no link covers) or an overlap (offsets that two links cover)
     * @param range the offsets concerned
     */
    public record Fault(Kind kind, OffsetRange range) {
        @Override
        public String toString() {
            return kind == Kind.HOLE ? "no link covers offsets " + range : "two links cover offsets " + range;
        }
    }

    /** What is wrong with a chain at one place. */
    public enum Kind {
        HOLE,
        OVERLAP
    }

    /**
     * Finds every fault between an expected first offset and the last link's end.
     *
     * @param begin the offset at which the first given link must begin: 0 for a whole chain, the watermark for a tail
     * @param links links of one chain in ascending order of their first offset
     * @return the faults in order; empty if the chain is whole
     */
    public static List<Fault> faults(long begin, List<Link> links) {
        List<Fault> faults = new ArrayList<>();
        long expected = begin;
        for (Link link : links) {
            long from = link.name().from();
            if (from > expected) {
                faults.add(new Fault(Kind.HOLE, new OffsetRange(expected, from)));
            } else if (from < expected) {
                long overlapEnd =
                        Math.min(expected, Math.max(from, link.metadata().next()));
                faults.add(new Fault(Kind.OVERLAP, new OffsetRange(from, overlapEnd)));
            }
            expected = Math.max(expected, link.metadata().next());
        }
        return faults;
    }
}
