package io.tributary.etl.cleanup;

import io.tributary.etl.EtlException;
import io.tributary.etl.Reasons;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.ChainStore;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.etl.read.Waiting;
import io.tributary.etl.table.Cleaned;
import io.tributary.etl.table.LakeCatalog;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import io.tributary.staging.LinkMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes links that a table has merged and that are older than the retention. First the table declares how far
 * ({@link Cleaned}), then the links go, oldest first, so that a crash at any moment leaves a chain that is whole from its
 * first remaining link on. What cannot be deleted now is tried again after the next merge; a chain that fails stops no
 * other. Owns a small pool of threads,
 * one chain each at a time; used by one thread.
 */
public final class StagingCleanup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagingCleanup.class);
    private static final int THREADS = 16;
    /** At most so many links of a chain go at a time: a long backlog of them is spread over several runs. */
    private static final int MOST = 1000;

    private final ChainStore store;
    private final LakeCatalog catalog;
    private final Optional<Duration> retention;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "staging-cleanup");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A clean-up.
     *
     * @param retention how old a link must be, by the store's clock; empty keeps all links forever
     */
    public StagingCleanup(ChainStore store, LakeCatalog catalog, Optional<Duration> retention) {
        this.store = store;
        this.catalog = catalog;
        this.retention = retention;
    }

    /** Cleans the chains of a topic as far as its table has merged them. Never fails. */
    public void clean(String topic, String tableName) {
        if (retention.isEmpty()) {
            return;
        }
        try {
            // Not by this machine's clock: one that is ahead would take what was merged a moment ago for old.
            Instant staged = store.now().minus(retention.get());
            catalog.find(tableName).ifPresent(table -> clean(topic, table, staged));
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", Reasons.of(failure))
                    .log("staging could not be cleaned up; the next merge tries again");
        }
    }

    private void clean(String topic, Table table, Instant staged) {
        Optional<Watermark> watermark = TableState.of(table).watermark();
        if (watermark.isEmpty()) {
            return;
        }
        Watermark before = Cleaned.of(table);
        Map<ChainId, Future<CleanPlan>> answers = new HashMap<>();
        watermark
                .get()
                .of(topic)
                .forEach((chain, merged) ->
                        answers.put(chain, pool.submit(() -> plan(chain, before.at(chain), merged, staged))));
        Map<ChainId, ChainPosition> upTo = new HashMap<>();
        Map<ChainId, List<StoredLink>> links = new HashMap<>();
        finished(answers).forEach((chain, plan) -> {
            if (plan.cleaned().next() > before.at(chain).next()) {
                upTo.put(chain, plan.cleaned());
            }
            links.put(chain, plan.delete());
        });
        Cleaned.declare(table, upTo);
        long deleted = delete(links);
        if (deleted > 0) {
            LOG.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("links", deleted)
                    .log("deleted links that are merged and past their retention");
        }
    }

    private CleanPlan plan(ChainId chain, ChainPosition before, ChainPosition merged, Instant staged) {
        return CleanPlan.of(before, merged, store.list(chain, 0, MOST), staged, this::metadata);
    }

    private LinkMetadata metadata(StoredLink link) {
        return store.metadata(link)
                .orElseThrow(() -> new EtlException("link " + link.key() + " vanished while it was cleaned up"));
    }

    private long delete(Map<ChainId, List<StoredLink>> links) {
        Map<ChainId, Future<Integer>> answers = new HashMap<>();
        links.forEach((chain, old) -> answers.put(chain, pool.submit(() -> {
            old.forEach(store::delete);
            return old.size();
        })));
        return finished(answers).values().stream().mapToLong(Integer::longValue).sum();
    }

    /** The results of the chains that did not fail; the others are named. */
    private static <T> Map<ChainId, T> finished(Map<ChainId, Future<T>> answers) {
        Map<ChainId, T> results = new HashMap<>();
        answers.forEach((chain, answer) -> {
            try {
                results.put(chain, Waiting.of(answer));
            } catch (RuntimeException failure) {
                LOG.atWarn()
                        .addKeyValue("topic", chain.topic())
                        .addKeyValue("partition", chain.partition())
                        .addKeyValue("incarnation", chain.incarnation())
                        .addKeyValue("reason", Reasons.of(failure))
                        .log("a chain could not be cleaned up; the next merge tries again");
            }
        });
        return results;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
