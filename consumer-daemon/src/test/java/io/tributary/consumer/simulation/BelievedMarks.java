package io.tributary.consumer.simulation;

import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A generation in which every mark seems to be the end of its chain. Confined to one thread.
 *
 * @param all    all generations
 * @param prefix which of them
 */
record BelievedMarks(SimulatedGenerations all, String prefix) implements Generation {
    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        return all.of(prefix).create(name, metadata, body);
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        Optional<Link> found = all.of(prefix).head(name);
        String newest = all.newest(name.chain()).orElse(prefix);
        boolean believed = all.of(prefix).marks(name.chain()).contains(name) && newest.compareTo(prefix) > 0;
        return believed ? Optional.of(new Link(name, LinkMetadata.seal(name, "nobody", newest))) : found;
    }

    @Override
    public Tail tail(ChainId chain, OptionalLong from) throws StoreException {
        return all.of(prefix).tail(chain, from);
    }

    @Override
    public void mark(LinkName name) throws StoreException {
        all.of(prefix).mark(name);
    }

    @Override
    public void check() {}
}
