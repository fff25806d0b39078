package io.tributary.staging;

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

    @Override
    public String toString() {
        return "[" + from + ", " + next + ")";
    }
}
