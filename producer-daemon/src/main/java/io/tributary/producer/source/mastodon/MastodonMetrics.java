package io.tributary.producer.source.mastodon;

import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Metrics;
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
    private static final String WITHOUT_NEWEST = "no post seen yet";

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
        posts = metrics.counter("tributary_mastodon_posts_total", "Posts handed on for publishing.");
        edits = metrics.counter("tributary_mastodon_edits_total", "Edits handed on for publishing.");
        deletes = metrics.counter("tributary_mastodon_deletes_total", "Deletions handed on for publishing.");
        refused = metrics.counter("tributary_mastodon_refused_total", "Statuses of unknown shape, put aside.");
        withheld = metrics.counter(
                "tributary_mastodon_withheld_total", "Statuses whose authors do not want them to be found.");
        boosts = metrics.counter("tributary_mastodon_boosts_total", "Boosts, which are left out.");
        overtaken = metrics.counter("tributary_mastodon_overtaken_total", "Posts that came after their own deletion.");
        unknownDeletes = metrics.counter(
                "tributary_mastodon_unknown_deletes_total", "Deletions of posts that are not remembered.");
        stuck = metrics.counter("tributary_mastodon_stuck_cursors_total", "Times that a cursor led nowhere new.");
        reconnects = metrics.counter("tributary_mastodon_reconnects_total", "Streams that ended and were begun anew.");
        refusals = metrics.counter("tributary_mastodon_rate_refusals_total", "Answers 429.");
        metrics.gauge(
                "tributary_mastodon_lag_seconds",
                "Age of the newest post when it was last asked for; -1: " + WITHOUT_NEWEST + ".",
                this::lagSeconds);
        metrics.gauge("tributary_mastodon_window_entries", "Statuses that are remembered.", () -> windowSize);
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
        metrics.gauge(
                "tributary_mastodon_rate_room",
                "Requests that the instance still allows in this period.",
                Map.of("instance", instance),
                room);
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
