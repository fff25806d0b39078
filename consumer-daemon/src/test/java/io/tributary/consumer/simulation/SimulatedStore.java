package io.tributary.consumer.simulation;

import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A store with S3's guarantees and the schedule's faults. Confined to one thread. */
final class SimulatedStore implements StagingStore {
    private final Map<ChainId, NavigableMap<LinkName, Stored>> chains = new HashMap<>();
    private final List<Runnable> onTheWay = new ArrayList<>();
    private final boolean conditional;
    private Fate fate = Fate.ANSWERED;
    private long writes;

    /**
     * An object.
     *
     * @param link its name and metadata
     * @param body its bytes
     */
    record Stored(Link link, LinkBody body) {}

    SimulatedStore(boolean conditional) {
        this.conditional = conditional;
    }

    /** What becomes of the requests from now on. */
    SimulatedStore with(Fate next) {
        fate = next;
        return this;
    }

    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        return switch (fate) {
            case ANSWERED, HEAD_FAILS -> put(name, metadata, body);
            case LOST -> {
                put(name, metadata, body);
                throw failure();
            }
            case REFUSED -> throw failure();
            case LATE -> {
                onTheWay.add(() -> put(name, metadata, body));
                throw failure();
            }
        };
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        if (fate != Fate.ANSWERED) {
            throw failure();
        }
        return Optional.ofNullable(chain(name.chain()).get(name)).map(Stored::link);
    }

    @Override
    public Optional<LinkName> last(ChainId chain, OptionalLong from) throws StoreException {
        if (fate == Fate.REFUSED) {
            throw failure();
        }
        NavigableMap<LinkName, Stored> links = chain(chain);
        return links.isEmpty() || links.lastKey().from() < from.orElse(0)
                ? Optional.empty()
                : Optional.of(links.lastKey());
    }

    @Override
    public void check() {}

    /** A request that is on its way arrives. */
    void arrive(int which) {
        if (!onTheWay.isEmpty()) {
            onTheWay.remove(which % onTheWay.size()).run();
        }
    }

    boolean anyOnTheWay() {
        return !onTheWay.isEmpty();
    }

    /** Deletes all links but the last, and tells where that begins. No request is on its way for as long as that. */
    long clean(ChainId chain) {
        onTheWay.clear();
        NavigableMap<LinkName, Stored> links = chain(chain);
        while (links.size() > 1) {
            links.pollFirstEntry();
        }
        return links.isEmpty() ? 0 : links.firstKey().from();
    }

    /** How many objects were written so far. */
    long writes() {
        return writes;
    }

    /** A chain's objects, in order. */
    NavigableMap<LinkName, Stored> chain(ChainId chain) {
        return chains.computeIfAbsent(
                chain,
                x -> new TreeMap<>(Comparator.comparingLong(LinkName::from).thenComparing(LinkName::compression)));
    }

    /** Where a chain ends. */
    long end(ChainId chain) {
        NavigableMap<LinkName, Stored> links = chain(chain);
        return links.isEmpty()
                ? 0
                : links.lastEntry().getValue().link().metadata().next();
    }

    private Creation put(LinkName name, LinkMetadata metadata, LinkBody body) {
        NavigableMap<LinkName, Stored> links = chain(name.chain());
        if (conditional && links.containsKey(name)) {
            return Creation.EXISTS;
        }
        links.put(name, new Stored(new Link(name, metadata), body));
        writes++;
        return Creation.CREATED;
    }

    private static StoreException failure() {
        return StoreException.passing("as scheduled", new IllegalStateException("as scheduled"));
    }
}
