package io.tributary.consumer.chain;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.Optional;
import java.util.OptionalLong;

/** What it takes to move a chain on, on purpose, past offsets that will not be staged. */
public sealed interface SkipPlan {

    /**
     * Nothing: the chain goes on at or behind the offset by itself.
     *
     * @param position where it goes on
     */
    record Reached(long position) implements SkipPlan {}

    /**
     * A link without records.
     *
     * @param name    its name
     * @param began   on a chain's first link, where the log starts, if not at 0
     * @param skipped the offsets that the link skips: all that it covers, but for those before a first link's log start
     */
    record Append(LinkName name, OptionalLong began, OffsetRange skipped) implements SkipPlan {}

    /** Nothing will do: the log ends before the offset, so that nothing is known of what would be skipped. */
    record BeyondLog() implements SkipPlan {}

    /**
     * Decides. The link is named by the chain's end, as any writer's next link would be, and a chain without links begins
     * at 0 by name: so that it contends with whoever else is about to append.
     *
     * @param end the chain's last link, if it has any
     * @param log the offsets that can be read
     * @param to  the offset to go on at
     */
    static SkipPlan of(ChainId chain, Optional<Link> end, OffsetRange log, long to) {
        // Where a chain without links goes on; one with links goes on at its end, even if the log starts later.
        long position = end.map(Link::successor).map(LinkName::from).orElse(log.from());
        if (to <= position) {
            return new Reached(position);
        }
        if (to > log.next()) {
            return new BeyondLog();
        }
        LinkName name = end.map(Link::successor).orElseGet(() -> LinkName.first(chain));
        OptionalLong began = end.isEmpty() && log.from() > 0 ? OptionalLong.of(log.from()) : OptionalLong.empty();
        return new Append(name, began, new OffsetRange(position, to));
    }
}
