package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.Optional;
import java.util.OptionalLong;

/** A store in which something happens just before each creation. */
public record RacingStore(StagingStore store, Runnable before) implements StagingStore {
    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        before.run();
        return store.create(name, metadata, body);
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        return store.head(name);
    }

    @Override
    public Optional<LinkName> last(ChainId chain, OptionalLong from) throws StoreException {
        return store.last(chain, from);
    }

    @Override
    public void check() throws StoreException {
        store.check();
    }
}
