package io.tributary.daemon.metrics.catalog;

import static io.tributary.daemon.metrics.MetricSpec.counter;
import static io.tributary.daemon.metrics.MetricSpec.gauge;

import io.tributary.daemon.metrics.Fold;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.MetricUnit;

/** What producer-daemon counts with {@code source.type = mastodon}, besides the rest. Counters move when something is seen. */
public enum MastodonMetric implements Metric {
    POSTS(counter("tributary_mastodon_posts_total", MetricUnit.COUNT, "Posts handed on for publishing.")
            .as("PostsSeen")),
    EDITS(counter("tributary_mastodon_edits_total", MetricUnit.COUNT, "Edits handed on for publishing.")
            .as("EditsSeen")),
    DELETES(counter("tributary_mastodon_deletes_total", MetricUnit.COUNT, "Deletions handed on for publishing.")
            .as("DeletesSeen")),
    REFUSED(counter("tributary_mastodon_refused_total", MetricUnit.COUNT, "Statuses of unknown shape, put aside.")
            .as("StatusesRefused")),
    WITHHELD(counter(
            "tributary_mastodon_withheld_total",
            MetricUnit.COUNT,
            "Statuses whose authors do not want them to be found.")),
    BOOSTS(counter("tributary_mastodon_boosts_total", MetricUnit.COUNT, "Boosts, which are left out.")),
    OVERTAKEN(counter(
            "tributary_mastodon_overtaken_total", MetricUnit.COUNT, "Posts that came after their own deletion.")),
    UNKNOWN_DELETES(counter(
            "tributary_mastodon_unknown_deletes_total",
            MetricUnit.COUNT,
            "Deletions of posts that are not remembered.")),
    STUCK(counter("tributary_mastodon_stuck_cursors_total", MetricUnit.COUNT, "Times that a cursor led nowhere new.")),
    RECONNECTS(
            counter("tributary_mastodon_reconnects_total", MetricUnit.COUNT, "Streams that ended and were begun anew.")
                    .as("StreamReconnects")),
    RATE_REFUSALS(counter("tributary_mastodon_rate_refusals_total", MetricUnit.COUNT, "Answers 429.")
            .as("RateLimitRefusals")),
    LAG(gauge(
                    "tributary_mastodon_lag_seconds",
                    MetricUnit.SECONDS,
                    "Age of the newest post when it was last asked for; -1: no post seen yet.")
            .as("SourceLag", Fold.MAX)),
    WINDOW(gauge("tributary_mastodon_window_entries", MetricUnit.COUNT, "Statuses that are remembered.")),
    RATE_ROOM(gauge(
                    "tributary_mastodon_rate_room",
                    MetricUnit.COUNT,
                    "Requests that the instance still allows in this period.")
            .by("instance")
            .as("RateLimitRoom", Fold.MIN));

    @SuppressWarnings("ImmutableEnumChecker") // a record of what cannot change
    private final MetricSpec spec;

    MastodonMetric(MetricSpec spec) {
        this.spec = spec;
    }

    @Override
    public MetricSpec spec() {
        return spec;
    }
}
