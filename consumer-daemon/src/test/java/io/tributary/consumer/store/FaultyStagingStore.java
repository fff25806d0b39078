package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A store whose answers are slow, get lost, or are errors, at random. For tests. Safe for many threads. */
public final class FaultyStagingStore implements StagingStore {
    private final StagingStore store;

    public FaultyStagingStore(StagingStore store) {
        this.store = store;
    }

    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        disturb("before");
        Creation creation = store.create(name, metadata, body);
        disturb("after");
        return creation;
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        disturb("head");
        return store.head(name);
    }

    @Override
    public Optional<LinkName> last(ChainId chain, OptionalLong from) throws StoreException {
        disturb("list");
        return store.last(chain, from);
    }

    @Override
    public void check() throws StoreException {
        store.check();
    }

    private static void disturb(String when) throws StoreException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(5) == 0) {
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(5)).toNanos());
        }
        if (random.nextInt(6) == 0) {
            throw StoreException.passing("503 " + when, new IOException("slow down"));
        }
    }
}
