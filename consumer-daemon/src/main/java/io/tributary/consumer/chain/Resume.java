package io.tributary.consumer.chain;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a writer goes on.
 *
 * @param name     the link to write next
 * @param position the first offset to read
 * @param began    on a chain's first link: {@code position}, where that is not 0
 * @param lost     offsets between the chain's end and the log's start, which nobody can read any more
 */
public record Resume(LinkName name, long position, OptionalLong began, Optional<OffsetRange> lost) {

    /**
     * After the chain's end, which is the truth; never at a committed offset, which is but a hint of where to look for
     * that end. A chain without links begins at offset 0 by name, whatever the log still holds, because its first name
     * must be the same for every writer that might create it.
     *
     * @param chain    the chain
     * @param end      its last link, if it has any
     * @param logStart the first offset that can still be read
     */
    public static Resume after(ChainId chain, Optional<Link> end, long logStart) {
        if (end.isEmpty()) {
            OptionalLong began = logStart > 0 ? OptionalLong.of(logStart) : OptionalLong.empty();
            return new Resume(LinkName.first(chain), logStart, began, Optional.empty());
        }
        LinkName name = end.get().successor();
        return logStart > name.from()
                ? new Resume(name, logStart, OptionalLong.empty(), Optional.of(new OffsetRange(name.from(), logStart)))
                : new Resume(name, name.from(), OptionalLong.empty(), Optional.empty());
    }
}
