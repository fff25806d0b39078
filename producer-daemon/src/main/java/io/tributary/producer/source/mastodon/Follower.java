package io.tributary.producer.source.mastodon;

import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.source.mastodon.wire.StreamMessage;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One channel of an instance: how far it is read, when to look again, and its stream. Confined to the source's thread. */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Channel channel;
    private final Feed feed;
    private final MastodonMetrics metrics;
    private final Subscription subscription;
    private final MonotonicClock clock;
    private final MastodonConfig config;
    private long lookAt;
    private String closed = "";

    /** Where goes what the stream says. */
    interface Messages {
        void take(StreamMessage message);

        /** The stream does not take the token. */
        void unauthorized();
    }

    Follower(
            Channel channel,
            Feed feed,
            String instance,
            MastodonApi api,
            Inbox inbox,
            MonotonicClock clock,
            MastodonConfig config,
            MastodonMetrics metrics,
            Messages messages) {
        this.channel = channel;
        this.feed = feed;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
        this.lookAt = clock.millis();
        this.subscription = new Subscription(
                instance + " " + channel.name(), api, inbox, clock, config.silence(), new Subscription.Events() {
                    @Override
                    public void opened() {
                        // What happened while it was away is in the timeline.
                        lookAt = clock.millis();
                    }

                    @Override
                    public void message(StreamMessage message) {
                        messages.take(message);
                    }

                    @Override
                    public void refused(int status) {
                        metrics.reconnected();
                        if (status == 401 || status == 403) {
                            messages.unauthorized();
                        }
                        lookAt = Math.min(
                                lookAt, clock.millis() + config.pollEvery().toMillis());
                    }
                });
    }

    Channel channel() {
        return channel;
    }

    Feed feed() {
        return feed;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Why it cannot be read now; empty if it can. */
    Optional<String> closed() {
        return closed.isEmpty() ? Optional.empty() : Optional.of(closed);
    }

    void closed(Optional<String> reason) {
        closed = reason.orElse("");
    }

    /** When the newest page is to be looked at. */
    long lookAt() {
        return closed.isEmpty() ? lookAt : Long.MAX_VALUE;
    }

    Optional<Gap> gap() {
        return closed.isEmpty() ? feed.gap() : Optional.empty();
    }

    /** A look is due as soon as one is possible. */
    void lookSoon() {
        lookAt = clock.millis();
    }

    /** A look is under way. */
    void looking() {
        lookAt = clock.millis() + (subscription.isOpen() ? config.checkEvery() : config.pollEvery()).toMillis();
    }

    /** The newest page was read. */
    void looked(Page page, Instant began) {
        feed.looked(page, began);
    }

    /** A page of a gap was read. */
    void read(Gap gap, Page page) {
        feed.read(gap, page);
        if (gap.stuck()) {
            metrics.stuckCursor();
            LOG.atLevel(gap.isOwed() ? Level.DEBUG : Level.WARN)
                    .addKeyValue("timeline", subscription.name())
                    .addKeyValue("until", gap.until())
                    .log("a cursor leads nowhere new; each look tries to get there again");
        }
    }
}
