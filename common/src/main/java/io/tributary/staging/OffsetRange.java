package io.tributary.staging;

import java.util.Optional;

/**
 * A half-open range of offsets.
 *
 * @param from the first offset, inclusive
 * @param next the first offset after the range; at least {@code from}
 */
public record OffsetRange(long from, long next) {
    public OffsetRange {
        if (from < 0 || next < from) {
            throw new IllegalArgumentException("[" + from + ", " + next + ") is no range of offsets");
        }
    }

    /** What of it lies in another range; empty if nothing does. */
    public Optional<OffsetRange> within(OffsetRange other) {
        long first = Math.max(from, other.from);
        long end = Math.min(next, other.next);
        return first < end ? Optional.of(new OffsetRange(first, end)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "[" + from + ", " + next + ")";
    }
}
