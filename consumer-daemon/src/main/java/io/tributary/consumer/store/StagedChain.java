package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import java.util.List;

/** A store of links, to read. May be used by many threads; operations block. */
public interface StagedChain {
    /** All links of a chain, ascending by name, but for one that ends it; there may be holes. */
    List<Link> links(ChainId chain) throws StoreException;

    /**
     * What a link holds, uncompressed; not checked against its digest.
     *
     * @throws DamagedLinkException if it cannot be decompressed
     */
    byte[] content(Link link) throws StoreException, DamagedLinkException;
}
