package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds where a chain ends. */
public final class ChainEnd {
    private ChainEnd() {}

    /**
     * The chain's last link.
     *
     * @param hint where a link was known to begin; a wrong hint costs a listing of the whole chain, no more
     */
    public static Optional<Link> find(StagingStore store, ChainId chain, OptionalLong hint) throws StoreException {
        Optional<LinkName> last = hint.isPresent() ? store.last(chain, hint) : Optional.empty();
        if (last.isEmpty()) {
            last = store.last(chain, OptionalLong.empty());
        }
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Optional<Link> link = store.head(last.get());
        if (link.isEmpty()) {
            throw StoreException.passing(
                    "link " + last.get() + " was listed and is not there",
                    new IllegalStateException("head found nothing"));
        }
        return link;
    }
}
