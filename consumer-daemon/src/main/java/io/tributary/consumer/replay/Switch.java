package io.tributary.consumer.replay;

import io.tributary.consumer.encode.EncodedLink;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ends a chain in the generation that it is in, so that it goes on in another: by one conditional put at its end, for the
 * very name that every consumer contends for with its next link. A consumer that was first wins; its link is copied, and
 * the end is another. Killed anywhere, it has done all of it or nothing. Confined to one thread.
 */
public final class Switch {
    /** A consumer that stages faster than links are copied is not caught up with. */
    private static final int MOST_COPIES = 1000;
    /** Each leaves a mark that means nothing. */
    private static final int MOST_BEATEN = 20;

    private final Generation old;
    private final Generation next;
    private final String into;
    private final Judge judge;
    private final Copier copier;
    private final RecordLog.Topics topics;
    private final Patience patience;
    private final String writer;

    /**
     * A switch.
     *
     * @param old     the generation that the chain is in
     * @param next    the one that it is to go on in
     * @param into    the staging prefix of that
     * @param judge   asked before anything is written
     * @param copier  copies from the one to the other what is staged meanwhile
     * @param topics  asked before the chain is ended
     * @param writer  unique to this process
     */
    public Switch(
            Generation old,
            Generation next,
            String into,
            Judge judge,
            Copier copier,
            RecordLog.Topics topics,
            Patience patience,
            String writer) {
        this.old = old;
        this.next = next;
        this.into = into;
        this.judge = judge;
        this.copier = copier;
        this.topics = topics;
        this.patience = patience;
        this.writer = writer;
    }

    /** Says whether a chain may go on in the next generation. */
    public interface Judge {
        /**
         * What speaks against it, if anything does.
         *
         * @param end the next generation's last link
         */
        Optional<String> objection(ChainId chain, Link end) throws StoreException;
    }

    /** Copies links to the next generation. */
    public interface Copier {
        /**
         * Copies a link to where the generation ends, and returns the copy.
         *
         * @param end the generation's last link before
         * @throws UsageException if it cannot be
         */
        Link copy(Link link, Link end) throws UsageException, StoreException, ClusterSilentException;
    }

    /** What became of it. */
    public sealed interface Outcome {}

    /**
     * The chain goes on in the next generation.
     *
     * @param since the first offset there that is not in the old one
     */
    public record Switched(long since) implements Outcome {}

    /**
     * Consumers were faster each time.
     *
     * @param end up to where the next generation is complete now
     */
    public record Outrun(long end) implements Outcome {}

    /**
     * Does it.
     *
     * @throws UsageException         if it may not be: the next generation is not good, the chain went elsewhere
     *                                meanwhile, or its topic was created anew
     * @throws StoreException         if the store did not answer; the same switch may be made again
     * @throws ClusterSilentException if Kafka did not answer; likewise
     */
    public Outcome run(ChainId chain) throws UsageException, StoreException, ClusterSilentException {
        Link end = patience.with(() -> ChainEnd.find(next, chain, OptionalLong.empty()))
                .orElseThrow(() -> new UsageException(
                        into + " has nothing of chain " + chain + ": write it first, by replay start"));
        Optional<String> objection = patience.with(() -> judge.objection(chain, end));
        if (objection.isPresent()) {
            throw new UsageException(into + " is not good: " + objection.get() + "; replay diff tells all");
        }
        return bringOn(end);
    }

    private Outcome bringOn(Link last) throws UsageException, StoreException, ClusterSilentException {
        Link end = last;
        int beaten = 0;
        for (int copies = 0; copies < MOST_COPIES && beaten < MOST_BEATEN; copies++) {
            LinkName name = end.successor();
            Optional<Link> there = following(name);
            if (there.isEmpty()) {
                there = seal(name);
                if (there.isEmpty()) {
                    return new Switched(name.from());
                }
                beaten++;
            }
            if (there.get().isSeal()) {
                return settled(there.get());
            }
            end = copied(there.get(), end);
        }
        return new Outrun(end.metadata().next());
    }

    /** The old chain's next link; empty where the old chain ends. */
    private Optional<Link> following(LinkName name) throws UsageException, StoreException, ClusterSilentException {
        Optional<Link> there = patience.with(() -> old.head(name));
        if (there.isPresent()) {
            return there;
        }
        // Were there links behind a missing one, consumers would go on behind those and never meet the end.
        Optional<LinkName> behind = patience.with(() -> old.last(name.chain(), OptionalLong.of(name.from())));
        if (behind.isEmpty()) {
            return Optional.empty();
        }
        Optional<Link> meanwhile = patience.with(() -> old.head(name));
        if (meanwhile.isPresent()) {
            return meanwhile;
        }
        throw new UsageException("the old chain is broken: no link covers offsets "
                + new OffsetRange(
                        name.from(), Math.max(name.from(), behind.get().from()))
                + "; bring the generation beyond them by replay start");
    }

    /** Ends the old chain; or tells who was first. */
    private Optional<Link> seal(LinkName name) throws UsageException, StoreException, ClusterSilentException {
        Optional<String> now = topics.incarnation(name.chain().topic());
        if (!now.equals(Optional.of(name.chain().incarnation()))) {
            throw new UsageException("topic " + name.chain().topic() + " was deleted"
                    + (now.isPresent() ? " and created anew" : "") + " meanwhile; nothing was switched");
        }
        LinkMetadata metadata = LinkMetadata.seal(name, writer, into);
        EncodedLink nothing = EncodedLink.empty(name.compression());
        LinkAppend.Result result = patience.with(() -> {
            old.mark(name);
            return LinkAppend.attempt(old, name, metadata, nothing.body());
        });
        return result instanceof LinkAppend.Taken taken ? Optional.of(taken.link()) : Optional.empty();
    }

    /** Perhaps by us, and the answer got lost; perhaps by another who wanted the same. */
    private Outcome settled(Link seal) throws UsageException {
        Optional<String> generation = seal.metadata().generation();
        if (!generation.equals(Optional.of(into))) {
            throw new UsageException("the chain goes on in " + generation.orElse("another generation")
                    + " since offset " + seal.name().from() + ": another switch was first");
        }
        return new Switched(seal.name().from());
    }

    private Link copied(Link link, Link end) throws UsageException, StoreException, ClusterSilentException {
        Link copy = copier.copy(link, end);
        if (!copy.successor().equals(link.successor())) {
            throw new UsageException("the copy of link " + link.name().key("") + " names "
                    + copy.successor().key("") + " as the next one, and the link "
                    + link.successor().key("") + ": replay into another prefix");
        }
        return copy;
    }
}
