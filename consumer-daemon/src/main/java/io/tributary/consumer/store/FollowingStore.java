package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * All generations as one store: each operation acts on the generation that the chain is in. Whoever uses it sees one
 * chain that goes on, since each end of a link that was left is an end in the generation that follows.
 *
 * <p>It remembers where each chain went. What it remembers may be old and does no harm: whoever tries to append where a
 * chain has ended finds its name taken, by the link that tells where the chain goes on. Safe for many threads.
 */
public final class FollowingStore implements StagingStore {
    private final GenerationPath home;
    private final Function<String, Generation> generations;
    private final BiConsumer<ChainId, GenerationPath> followed;
    private final Map<ChainId, GenerationPath> paths = new ConcurrentHashMap<>();

    /**
     * A store that follows from the configured prefix.
     *
     * @param generations makes the store of a prefix; costs nothing
     * @param followed    told where a chain went on, perhaps twice
     */
    public FollowingStore(
            String home, Function<String, Generation> generations, BiConsumer<ChainId, GenerationPath> followed) {
        this.home = GenerationPath.of(home);
        this.generations = generations;
        this.followed = followed;
    }

    /** One that nobody is told of. */
    public FollowingStore(String home, Function<String, Generation> generations) {
        this(home, generations, (chain, path) -> {});
    }

    /** Where a chain is, as far as it was seen: a look costs no request. */
    public GenerationPath seen(ChainId chain) {
        return paths.getOrDefault(chain, home);
    }

    /** Where a chain is now. */
    public GenerationPath find(ChainId chain) throws StoreException {
        // Marks sort after every link, so that only they are listed.
        last(chain, OptionalLong.of(Long.MAX_VALUE));
        return seen(chain);
    }

    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        while (true) {
            GenerationPath path = seen(name.chain());
            Generation here = generations.apply(path.prefix());
            if (here.create(name, metadata, body) == Creation.CREATED) {
                return Creation.CREATED;
            }
            // Asked where it was taken: elsewhere another link may have the name.
            Optional<Link> taken = here.head(name);
            if (taken.isEmpty() || !taken.get().isSeal()) {
                return Creation.EXISTS;
            }
            follow(path, taken.get());
        }
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        while (true) {
            GenerationPath path = seen(name.chain());
            Optional<Link> found = generations.apply(path.prefix()).head(name);
            if (found.isEmpty() || !found.get().isSeal()) {
                return found;
            }
            follow(path, found.get());
        }
    }

    @Override
    public Optional<LinkName> last(ChainId chain, OptionalLong from) throws StoreException {
        while (true) {
            GenerationPath path = seen(chain);
            Generation here = generations.apply(path.prefix());
            Generation.Tail tail = here.tail(chain, from);
            Optional<Link> seal = GenerationPath.seal(tail.marks(), here::head);
            if (seal.isEmpty()) {
                return tail.last();
            }
            follow(path, seal.get());
        }
    }

    @Override
    public void check() throws StoreException {
        generations.apply(home.prefix()).check();
    }

    private void follow(GenerationPath from, Link seal) {
        ChainId chain = seal.name().chain();
        GenerationPath next = from.then(seal);
        boolean news = !seen(chain).hasReached(next.prefix());
        // Another thread may have come as far, or farther.
        paths.merge(chain, next, (known, found) -> known.hasReached(found.prefix()) ? known : found);
        if (news) {
            followed.accept(chain, next);
        }
    }
}
