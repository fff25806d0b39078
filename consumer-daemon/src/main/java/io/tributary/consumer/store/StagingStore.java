package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The store of staged links. An operation is tried once: the caller sees every answer and decides itself when to try
 * again. Safe for many threads; operations block.
 */
public interface StagingStore {
    /** What became of a creation. */
    enum Creation {
        /** The link is there, and it is this one. */
        CREATED,
        /** A link of this name was there before; it may be this very one, where an earlier answer got lost. */
        EXISTS
    }

    /**
     * Creates a link, whole and with its metadata, only if its name is free. At most one creation of a name ever
     * succeeds.
     *
     * @throws StoreException if the outcome is unknown or was an error; the link may have been created all the same
     */
    Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException;

    /**
     * What a link says of itself.
     *
     * @return empty if there is no link of this name
     * @throws io.tributary.staging.MalformedLinkException if an object is there that is no link
     */
    Optional<Link> head(LinkName name) throws StoreException;

    /**
     * The name of a chain's last link, found by listing in order.
     *
     * @param from the listing leaves out links that begin below this offset; empty lists the whole chain
     * @return empty if the listing shows none
     */
    Optional<LinkName> last(ChainId chain, OptionalLong from) throws StoreException;

    /**
     * Tells whether the store can be reached and listed.
     *
     * @throws StoreException saying what is wrong
     */
    void check() throws StoreException;
}
