package io.tributary.consumer.simulation;

import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** One generation, with S3's guarantees and the schedule's faults. Confined to one thread. */
final class SimulatedStore implements Generation {
    private static final Comparator<LinkName> ORDER =
            Comparator.comparingLong(LinkName::from).thenComparing(LinkName::compression);

    private final SimulatedGenerations all;
    private final Map<ChainId, NavigableMap<LinkName, Stored>> chains = new HashMap<>();
    private final Map<ChainId, NavigableSet<LinkName>> marks = new HashMap<>();

    /**
     * An object.
     *
     * @param link its name and metadata
     * @param body its bytes
     */
    record Stored(Link link, LinkBody body) {}

    SimulatedStore(SimulatedGenerations all) {
        this.all = all;
    }

    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        return switch (all.fate()) {
            case ANSWERED, HEAD_FAILS -> put(name, metadata, body);
            case LOST -> {
                put(name, metadata, body);
                throw failure();
            }
            case REFUSED -> throw failure();
            case LATE -> {
                all.later(() -> put(name, metadata, body));
                throw failure();
            }
            case SPURIOUS_412 -> Creation.EXISTS;
        };
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        if (all.fate() != Fate.ANSWERED && all.fate() != Fate.SPURIOUS_412) {
            throw failure();
        }
        return Optional.ofNullable(chain(name.chain()).get(name)).map(Stored::link);
    }

    @Override
    public Tail tail(ChainId chain, OptionalLong from) throws StoreException {
        if (all.fate() == Fate.REFUSED) {
            throw failure();
        }
        NavigableMap<LinkName, Stored> links = chain(chain);
        Optional<LinkName> last = links.isEmpty() || links.lastKey().from() < from.orElse(0)
                ? Optional.empty()
                : Optional.of(links.lastKey());
        return new Tail(last, List.copyOf(marks(chain).descendingSet()));
    }

    @Override
    public void mark(LinkName name) throws StoreException {
        if (all.fate() == Fate.REFUSED) {
            throw failure();
        }
        marks(name.chain()).add(name);
        if (all.fate() == Fate.LOST) {
            throw failure();
        }
    }

    @Override
    public void check() {}

    /** Names for which there are marks. */
    NavigableSet<LinkName> marks(ChainId chain) {
        return marks.computeIfAbsent(chain, none -> new TreeSet<>(ORDER));
    }

    /** A chain's objects, in order. */
    NavigableMap<LinkName, Stored> chain(ChainId chain) {
        return chains.computeIfAbsent(chain, none -> new TreeMap<>(ORDER));
    }

    /** The link that ends a chain here, if there is one. */
    Optional<Link> seal(ChainId chain) {
        if (marks(chain).isEmpty()) {
            return Optional.empty();
        }
        return chain(chain).values().stream()
                .map(Stored::link)
                .filter(Link::isSeal)
                .findFirst();
    }

    /** Writes whatever may be there. */
    void overwrite(LinkName name, LinkMetadata metadata, LinkBody body) {
        chain(name.chain()).put(name, new Stored(new Link(name, metadata), body));
        all.written();
    }

    private Creation put(LinkName name, LinkMetadata metadata, LinkBody body) {
        if (all.conditional() && chain(name.chain()).containsKey(name)) {
            return Creation.EXISTS;
        }
        overwrite(name, metadata, body);
        return Creation.CREATED;
    }

    private static StoreException failure() {
        return StoreException.passing("as scheduled", new IllegalStateException("as scheduled"));
    }
}
