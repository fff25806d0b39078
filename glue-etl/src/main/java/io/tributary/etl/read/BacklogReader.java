package io.tributary.etl.read;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.BatchConfig;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.SwitchMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds what is staged beyond a watermark and checks that it is a chain. Its cost follows the new links, not the age of
 * the bucket. Owns a small pool of threads for the store's answers; used by one thread.
 */
public final class BacklogReader implements AutoCloseable {
    private static final int THREADS = 16;

    private final ChainStore store;
    private final MergedEnd merged;
    private final BatchConfig limits;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "staging-list");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A reader.
     *
     * @param prefix the configured staging prefix, where every chain begins
     */
    public BacklogReader(ChainStore store, String prefix, BatchConfig limits) {
        this.store = store;
        this.merged = new MergedEnd(store, prefix);
        this.limits = limits;
    }

    /**
     * The next batch of a topic.
     *
     * @param watermark how far each of the topic's chains is merged
     * @throws EtlException if the chain has a hole or an overlap, or no longer holds the last merged link
     */
    public Backlog read(String topic, Map<ChainId, ChainPosition> watermark) {
        TreeSet<ChainId> chains =
                new TreeSet<>(Comparator.comparing(ChainId::incarnation).thenComparingInt(ChainId::partition));
        chains.addAll(store.chains(topic));
        chains.addAll(watermark.keySet());
        int share = limits.maxLinks() / Math.max(1, chains.size()) + 1;

        List<Future<Tail>> answers = new ArrayList<>();
        for (ChainId chain : chains) {
            ChainPosition position = watermark.getOrDefault(chain, ChainPosition.START);
            answers.add(pool.submit(() -> tail(chain, position, share)));
        }
        List<Tail> tails = new ArrayList<>();
        for (Future<Tail> answer : answers) {
            tails.add(Waiting.of(answer));
        }
        fetchMetadata(tails);
        return select(tails);
    }

    /** The links of one chain that follow its watermark, their metadata to be filled in. */
    private static final class Tail {
        final ChainId chain;
        final ChainPosition position;
        final List<StoredLink> stored;
        final boolean more;
        final Deque<PendingLink> pending = new ArrayDeque<>();
        final List<Future<LinkMetadata>> metadata = new ArrayList<>();

        Tail(ChainId chain, ChainPosition position, List<StoredLink> stored, boolean more) {
            this.chain = chain;
            this.position = position;
            this.stored = stored;
            this.more = more;
        }
    }

    private Tail tail(ChainId chain, ChainPosition position, int share) {
        if (!position.knowsLink()) {
            List<StoredLink> links = store.list(chain, 0, share + 1);
            boolean more = links.size() > share;
            return new Tail(chain, position, more ? links.subList(0, share) : links, more);
        }
        List<StoredLink> links = merged.after(chain, position, share + 1);
        boolean more = links.size() > share;
        return new Tail(chain, position, more ? links.subList(0, share) : links, more);
    }

    private LinkMetadata metadataOf(StoredLink link) {
        return store.metadata(link)
                .orElseThrow(() -> new EtlException("link " + link.key() + " vanished while it was read"));
    }

    private void fetchMetadata(List<Tail> tails) {
        for (Tail tail : tails) {
            for (StoredLink link : tail.stored) {
                tail.metadata.add(pool.submit(() -> metadataOf(link)));
            }
        }
        for (Tail tail : tails) {
            List<Link> links = new ArrayList<>();
            for (int at = 0; at < tail.stored.size(); at++) {
                Link link = new Link(tail.stored.get(at).name(), Waiting.of(tail.metadata.get(at)));
                requireNoSeal(link, tail.stored.get(at));
                links.add(link);
            }
            check(tail, links);
            for (int at = 0; at < links.size(); at++) {
                Link link = links.get(at);
                tail.pending.add(PendingLink.of(
                        link,
                        tail.stored.get(at).key(),
                        tail.position.next(),
                        tail.stored.get(at).bytes()));
            }
        }
    }

    /** The store follows a link that ends a chain wherever there is its mark, which is written before it. */
    private static void requireNoSeal(Link link, StoredLink stored) {
        if (link.isSeal()) {
            throw new EtlException("chain " + link.name().chain() + " was switched at offset "
                    + link.name().from() + ", but the mark that tells so is gone: put any object at "
                    + SwitchMark.key(stored.prefix(), link.name()));
        }
    }

    private static void check(Tail tail, List<Link> links) {
        List<ChainCheck.Fault> faults = ChainCheck.faults(tail.position.next(), links);
        if (!faults.isEmpty()) {
            throw new EtlException("chain broken: topic " + tail.chain.topic() + ", partition "
                    + tail.chain.partition() + ", incarnation " + tail.chain.incarnation() + ": " + faults.get(0)
                    + (faults.size() > 1 ? " and " + (faults.size() - 1) + " more such" : "")
                    + "; nothing of it was merged");
        }
    }

    /** Takes links in the order of their time until the limits are met, so that chains advance together. */
    private Backlog select(List<Tail> tails) {
        Map<ChainId, ChainPosition> after = new LinkedHashMap<>();
        PriorityQueue<Tail> heads = new PriorityQueue<>(
                Comparator.comparingLong(tail -> tail.pending.element().since()));
        boolean more = false;
        for (Tail tail : tails) {
            after.put(tail.chain, tail.position);
            more |= tail.more;
            if (!tail.pending.isEmpty()) {
                heads.add(tail);
            }
        }
        List<PendingLink> chosen = new ArrayList<>();
        long bytes = 0;
        while (!heads.isEmpty()) {
            Tail tail = heads.poll();
            PendingLink link = tail.pending.element();
            if (!chosen.isEmpty() && (chosen.size() >= limits.maxLinks() || bytes + link.bytes() > limits.maxBytes())) {
                more = true;
                break;
            }
            tail.pending.remove();
            bytes += link.bytes();
            chosen.add(link);
            after.merge(
                    tail.chain,
                    new ChainPosition(link.next(), link.records(), link.from()),
                    (old, now) -> new ChainPosition(now.next(), old.records() + now.records(), now.link()));
            if (!tail.pending.isEmpty()) {
                heads.add(tail);
            }
        }
        return new Backlog(List.copyOf(chosen), after, more);
    }

    /**
     * The position behind the link that covers an offset, for a table that has lost its watermark.
     *
     * @param cleaned up to where the chain's links were cleaned up; at least the link after them is merged
     * @throws EtlException if no link covers it
     */
    public ChainPosition positionAfter(ChainId chain, long offset, ChainPosition cleaned) {
        long records = cleaned.records();
        for (StoredLink link : store.list(chain, cleaned.next(), Integer.MAX_VALUE)) {
            LinkMetadata metadata = metadataOf(link);
            records += metadata.records();
            if (metadata.next() > offset) {
                return new ChainPosition(metadata.next(), records, link.name().from());
            }
        }
        throw new EtlException("chain " + chain + ": no link covers offset " + offset
                + ", of which the table has a row; restore the link from the bucket's versions");
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
