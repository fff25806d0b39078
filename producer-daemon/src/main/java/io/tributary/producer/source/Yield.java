package io.tributary.producer.source;

import java.util.List;
import java.util.Optional;

/** What asking a source for more gave. */
public sealed interface Yield {

    /**
     * Items, in order.
     *
     * @param items at least one
     * @param bytes how much memory they hold, roughly
     * @param after where the source stands behind the last item; absent where the items end within a row
     */
    record Chunk(List<SourceItem> items, long bytes, Optional<SourceState> after) implements Yield {}

    /** Nothing for now; ask again. */
    record Idle() implements Yield {}

    /** Nothing ever again: the source is read to its end. */
    record End() implements Yield {}
}
