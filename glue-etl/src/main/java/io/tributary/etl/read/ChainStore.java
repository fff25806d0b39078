package io.tributary.etl.read;

import io.tributary.staging.ChainId;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the driver asks of staging. A chain that was switched to another generation is one chain here. Calls may come from
 * many threads at once. Errors of the store are thrown as they are.
 */
public interface ChainStore {
    /** Every chain of a topic: all incarnations and partitions, in order; empty if the topic was never staged. */
    List<ChainId> chains(String topic);

    /**
     * The links of a chain in ascending order, in the generation that the chain is in now.
     *
     * @param from the first offset that a link may have in its name
     * @param most how many at most
     */
    List<StoredLink> list(ChainId chain, long from, int most);

    /**
     * What a link says of itself; empty if there is no such object.
     *
     * @throws io.tributary.staging.MalformedLinkException if it does not describe itself as a link
     */
    Optional<LinkMetadata> metadata(StoredLink link);

    /** Deletes a link; one that is gone already stays gone. */
    void delete(StoredLink link);

    /**
     * What time it is by the clock that gives links their {@linkplain StoredLink#staged() time}, whole seconds.
     *
     * @throws io.tributary.etl.EtlException if the store does not tell
     */
    Instant now();

    /**
     * An object that is named like a link.
     *
     * @param name   its name
     * @param prefix the staging prefix that it is under
     * @param bytes  its size
     * @param staged when it was written, by the store's clock
     */
    record StoredLink(LinkName name, String prefix, long bytes, Instant staged) {
        /** Its object's key. */
        public String key() {
            return name.key(prefix);
        }
    }
}
