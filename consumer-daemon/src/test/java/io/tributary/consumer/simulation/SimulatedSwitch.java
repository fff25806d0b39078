package io.tributary.consumer.simulation;

import io.tributary.consumer.replay.DiffJudge;
import io.tributary.consumer.replay.Switch;
import io.tributary.consumer.simulation.SimulatedStore.Stored;
import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagedChain;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainId;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.testing.simulation.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The real switch, driven by a schedule: between two of its requests others act, among them other switches, and it may be
 * killed after each. Confined to one thread.
 */
final class SimulatedSwitch {
    private static final int REQUESTS = 12;

    private final World world;
    private final Mutant mutant;
    private final Runnable between;
    private final int disturbed;
    private final Fate fate;
    private final boolean killed;
    private final long cleanings;
    private int requests;

    /** It is dead. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A switch.
     *
     * @param step    which of its requests has another fate, and whether it is killed after that
     * @param between what others do between two of its requests
     */
    SimulatedSwitch(World world, Mutant mutant, Step<Kind, Fate> step, Runnable between) {
        this.world = world;
        this.mutant = mutant;
        this.between = step.who() > 1 ? between : () -> {};
        this.disturbed = step.amount() % REQUESTS;
        this.fate = step.fate();
        this.killed = step.who() % 2 == 1;
        this.cleanings = world.cleanings;
    }

    void run() {
        ChainId chain = world.log().chain;
        try {
            world.store.with(Fate.ANSWERED);
            GenerationPath path = world.store.following().find(chain);
            String into = world.store.newest(chain).orElse(path.prefix());
            if (path.hasReached(into)) {
                return;
            }
            Patience patience = new Patience(2, 0, line -> {});
            Switch switching = new Switch(
                    new Scheduled(world.store.of(path.prefix())),
                    new Scheduled(world.store.of(into)),
                    into,
                    mutant == Mutant.SWITCHED_WITHOUT_DIFF
                            ? (any, end) -> Optional.empty()
                            : new DiffJudge(new Links(path.prefix()), new Links(into)),
                    (link, end) -> copy(link, path.prefix(), into),
                    topic -> Optional.of(world.log().chain.incarnation()),
                    patience,
                    "switch");
            if (switching.run(chain) instanceof Switch.Switched switched) {
                requireDone(chain, into, switched.since());
            }
        } catch (UsageException | StoreException | ClusterSilentException | Killed given) {
            // Whoever gave the command gives it again, or not.
        }
    }

    private void requireDone(ChainId chain, String into, long since) {
        GenerationPath path = world.store.path(chain);
        boolean there = path.hasReached(into) && (!path.prefix().equals(into) || path.since() == since);
        if (!there && mutant != Mutant.SWITCHED_UNCONDITIONALLY) {
            throw new IllegalStateException(
                    "a switch to " + into + " at offset " + since + " was told and is not there");
        }
    }

    private Link copy(Link link, String from, String into) {
        LinkMetadata metadata = SimulatedGenerations.copy(link);
        if (mutant != Mutant.SWITCHED_WITHOUT_COPY
                && !world.store.of(into).chain(link.name().chain()).containsKey(link.name())) {
            world.store.of(into).overwrite(link.name(), metadata, world.store.body(link, from));
        }
        return new Link(link.name(), metadata);
    }

    private final class Links implements StagedChain {
        private final String prefix;

        Links(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public List<Link> links(ChainId chain) {
            return world.store.of(prefix).chain(chain).values().stream()
                    .map(Stored::link)
                    .filter(link -> !link.isSeal())
                    .toList();
        }

        @Override
        public byte[] content(Link link) {
            return "not what the digest says\n".getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A generation as the command sees it. */
    private final class Scheduled implements Generation {
        private final SimulatedStore store;

        Scheduled(SimulatedStore store) {
            this.store = store;
        }

        @Override
        public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
            return scheduled(() -> {
                if (mutant == Mutant.SWITCHED_UNCONDITIONALLY) {
                    store.overwrite(name, metadata, body);
                    return Creation.CREATED;
                }
                return store.create(name, metadata, body);
            });
        }

        @Override
        public Optional<Link> head(LinkName name) throws StoreException {
            return scheduled(() -> store.head(name));
        }

        @Override
        public Tail tail(ChainId chain, OptionalLong from) throws StoreException {
            return scheduled(() -> store.tail(chain, from));
        }

        @Override
        public void mark(LinkName name) throws StoreException {
            boolean marked = scheduled(() -> {
                store.mark(name);
                return true;
            });
            assert marked;
        }

        @Override
        public void check() {}
    }

    private interface Request<T> {
        T make() throws StoreException;
    }

    private <T> T scheduled(Request<T> request) throws StoreException {
        between.run();
        if (world.cleanings != cleanings) {
            throw new Killed(); // so long ago that nobody is left
        }
        boolean struck = requests++ == disturbed;
        world.store.with(struck ? fate : Fate.ANSWERED);
        try {
            T answer = request.make();
            if (struck && killed) {
                throw new Killed();
            }
            return answer;
        } catch (StoreException unknown) {
            if (struck && killed) {
                throw new Killed();
            }
            throw unknown;
        }
    }
}
