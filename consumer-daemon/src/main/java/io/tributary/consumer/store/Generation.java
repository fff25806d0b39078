package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.LinkName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The links under one staging prefix, whether their chains end there or go on elsewhere. Safe for many threads;
 * operations block.
 */
public interface Generation extends StagingStore {
    /**
     * The end of a chain's listing.
     *
     * @param last  the name of the last link listed, if any was
     * @param marks the names for which there are marks, descending
     */
    record Tail(Optional<LinkName> last, List<LinkName> marks) {
        public Tail {
            marks = List.copyOf(marks);
        }
    }

    /**
     * Lists a chain in order.
     *
     * @param from the listing leaves out links that begin below this offset, but no marks; empty lists the whole chain
     */
    Tail tail(ChainId chain, OptionalLong from) throws StoreException;

    /** Writes the mark for a name; one that is there stays. */
    void mark(LinkName name) throws StoreException;

    @Override
    default Optional<LinkName> last(ChainId chain, OptionalLong from) throws StoreException {
        return tail(chain, from).last();
    }
}
