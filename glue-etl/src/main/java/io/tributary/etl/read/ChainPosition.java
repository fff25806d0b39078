package io.tributary.etl.read;

/**
 * How far a chain is merged into a table.
 *
 * @param next    the first offset that is not merged
 * @param records how many records were read from the chain so far
 * @param link    the first offset of the last merged link, or a negative number if that is not known
 */
public record ChainPosition(long next, long records, long link) {
    /** Nothing is merged yet. */
    public static final ChainPosition START = new ChainPosition(0, 0, -1);

    /** Whether the last merged link is known. */
    public boolean knowsLink() {
        return link >= 0;
    }
}
