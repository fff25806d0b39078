package io.tributary.staging;

/**
 * One link of a chain: its name and what it says of itself.
 *
 * @param name     where it is
 * @param metadata what it covers
 */
public record Link(LinkName name, LinkMetadata metadata) {
    /** The offsets it covers. */
    public OffsetRange range() {
        return new OffsetRange(name.from(), metadata.next());
    }

    /**
     * Whether the chain ends here in this generation: it has no records, covers no offsets, and the link that follows it,
     * of the same name, is in the {@linkplain LinkMetadata#generation generation} that it tells.
     */
    public boolean isSeal() {
        return metadata.cut() == CutReason.SWITCHED;
    }

    /** Where, and under which name, the next link must be created. */
    public LinkName successor() {
        return metadata.successor(name);
    }
}
