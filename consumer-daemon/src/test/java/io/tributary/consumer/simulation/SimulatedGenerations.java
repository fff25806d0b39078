package io.tributary.consumer.simulation;

import io.tributary.consumer.simulation.SimulatedStore.Stored;
import io.tributary.consumer.store.FollowingStore;
import io.tributary.consumer.store.LinkBody;
import io.tributary.staging.ChainId;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** All generations, and what is on the way to any of them. Confined to one thread. */
final class SimulatedGenerations {
    static final String HOME = "g0";

    private final TreeMap<String, SimulatedStore> stores = new TreeMap<>();
    private final List<Runnable> onTheWay = new ArrayList<>();
    private final boolean conditional;
    private Fate fate = Fate.ANSWERED;
    private long writes;

    SimulatedGenerations(boolean conditional) {
        this.conditional = conditional;
    }

    /** What becomes of the requests from now on. */
    SimulatedGenerations with(Fate next) {
        fate = next;
        return this;
    }

    Fate fate() {
        return fate;
    }

    boolean conditional() {
        return conditional;
    }

    void written() {
        writes++;
    }

    /** How many objects were written so far. */
    long writes() {
        return writes;
    }

    SimulatedStore of(String prefix) {
        return stores.computeIfAbsent(prefix, none -> new SimulatedStore(this));
    }

    /** What a program that has just started sees. */
    FollowingStore following() {
        return new FollowingStore(HOME, this::of);
    }

    void later(Runnable request) {
        onTheWay.add(request);
    }

    /** A request that is on its way arrives. */
    void arrive(int which) {
        if (!onTheWay.isEmpty()) {
            onTheWay.remove(which % onTheWay.size()).run();
        }
    }

    boolean anyOnTheWay() {
        return !onTheWay.isEmpty();
    }

    /** Where a chain is, told by the links that end it and nothing else. */
    GenerationPath path(ChainId chain) {
        GenerationPath path = GenerationPath.of(HOME);
        while (true) {
            Optional<Link> seal = of(path.prefix()).seal(chain);
            if (seal.isEmpty()) {
                return path;
            }
            path = path.then(seal.get());
        }
    }

    /** A chain's objects where it is now, in order. */
    NavigableMap<LinkName, Stored> chain(ChainId chain) {
        return of(path(chain).prefix()).chain(chain);
    }

    /** Where a chain ends. */
    long end(ChainId chain) {
        NavigableMap<LinkName, Stored> links = chain(chain);
        return links.isEmpty()
                ? 0
                : links.lastEntry().getValue().link().metadata().next();
    }

    /**
     * Deletes all links but the last, and all of generations that were left but their ends; tells where the last begins.
     * No request is on its way for as long as that.
     */
    long clean(ChainId chain) {
        onTheWay.clear();
        GenerationPath path = path(chain);
        path.left()
                .forEach(left -> of(left).chain(chain)
                        .values()
                        .removeIf(stored -> !stored.link().isSeal()));
        NavigableMap<LinkName, Stored> links = chain(chain);
        while (links.size() > 1) {
            links.pollFirstEntry();
        }
        return links.isEmpty() ? 0 : links.firstKey().from();
    }

    /** The newest prefix that has links of a chain. */
    Optional<String> newest(ChainId chain) {
        return stores.keySet().stream()
                .filter(prefix -> !of(prefix).chain(chain).isEmpty())
                .max(Comparator.naturalOrder());
    }

    /**
     * Writes a chain anew under a prefix of its own.
     *
     * @param how of some kinds are not whole
     */
    void replay(ChainId chain, int how) {
        List<Stored> links = new ArrayList<>(chain(chain).values());
        if (stores.size() > 9 || links.size() < 2) {
            return;
        }
        int missing = switch (how % 6) {
            case 0 -> links.size() / 2;
            case 1 -> links.size() - 1;
            default -> -1;
        };
        SimulatedStore into = of("g" + stores.size());
        for (int at = 0; at < links.size(); at++) {
            if (at != missing) {
                into.overwrite(
                        links.get(at).link().name(),
                        copy(links.get(at).link()),
                        links.get(at).body());
            }
        }
    }

    /** What a replay writes of a link. */
    static LinkMetadata copy(Link link) {
        LinkMetadata metadata = link.metadata();
        return new LinkMetadata(
                metadata.next(),
                metadata.records(),
                metadata.digest(),
                metadata.timestamps(),
                "replay 0-0 = 0-0 it",
                metadata.cut(),
                metadata.began(),
                metadata.lost(),
                metadata.nextCompression());
    }

    LinkBody body(Link link, String prefix) {
        return Objects.requireNonNull(of(prefix).chain(link.name().chain()).get(link.name()))
                .body();
    }
}
