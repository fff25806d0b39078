package io.tributary.producer.source.mastodon;

import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.MastodonMetric;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What the source counts. Counters move when something is seen; when publishing begins anew from the last commit, what
 * was under way is seen again. One thread writes, any thread reads.
 */
public final class MastodonMetrics {
    private final Metrics metrics;
    private final InstantSource clock;
    private final Counter posts;
    private final Counter edits;
    private final Counter deletes;
    private final Counter refused;
    private final Counter withheld;
    private final Counter boosts;
    private final Counter overtaken;
    private final Counter unknownDeletes;
    private final Counter stuck;
    private final Counter reconnects;
    private final Counter refusals;
    private volatile long newestSeenMillis = Long.MIN_VALUE;
    private volatile int windowSize;

    /** Counters in a registry. */
    public MastodonMetrics(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        posts = metrics.counter(MastodonMetric.POSTS);
        edits = metrics.counter(MastodonMetric.EDITS);
        deletes = metrics.counter(MastodonMetric.DELETES);
        refused = metrics.counter(MastodonMetric.REFUSED);
        withheld = metrics.counter(MastodonMetric.WITHHELD);
        boosts = metrics.counter(MastodonMetric.BOOSTS);
        overtaken = metrics.counter(MastodonMetric.OVERTAKEN);
        unknownDeletes = metrics.counter(MastodonMetric.UNKNOWN_DELETES);
        stuck = metrics.counter(MastodonMetric.STUCK);
        reconnects = metrics.counter(MastodonMetric.RECONNECTS);
        refusals = metrics.counter(MastodonMetric.RATE_REFUSALS);
        metrics.gauge(MastodonMetric.LAG, this::lagSeconds);
        metrics.gauge(MastodonMetric.WINDOW, () -> windowSize);
    }

    void published(String event) {
        (event.equals("post") ? posts : event.equals("edit") ? edits : deletes).increment();
    }

    void refused() {
        refused.increment();
    }

    void withheld() {
        withheld.increment();
    }

    void boost() {
        boosts.increment();
    }

    void overtaken() {
        overtaken.increment();
    }

    void unknownDelete() {
        unknownDeletes.increment();
    }

    void stuckCursor() {
        stuck.increment();
    }

    void reconnected() {
        reconnects.increment();
    }

    void rateRefused() {
        refusals.increment();
    }

    void windowSize(int size) {
        windowSize = size;
    }

    void room(String instance, DoubleSupplier room) {
        metrics.gauge(MastodonMetric.RATE_ROOM, Map.of("instance", instance), room);
    }

    void sawStatus(Instant created) {
        // Authors' clocks may be ahead.
        newestSeenMillis = Math.max(newestSeenMillis, Math.min(created.toEpochMilli(), clock.millis()));
    }

    private double lagSeconds() {
        long newest = newestSeenMillis;
        return newest == Long.MIN_VALUE
                ? -1
                : Math.max(0, Duration.ofMillis(clock.millis() - newest).toSeconds());
    }

    /** Posts, edits and deletes so far. */
    String standing() {
        return posts.value() + " posts, " + edits.value() + " edits, " + deletes.value() + " deletes";
    }
}
