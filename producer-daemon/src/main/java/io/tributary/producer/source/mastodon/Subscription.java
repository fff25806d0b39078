package io.tributary.producer.source.mastodon;

import io.tributary.daemon.Backoff;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.wire.StreamMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one channel's stream open: begins it anew, later each time, when it ends, is refused, or says nothing for too
 * long. Whatever happens while it is away has to be read from the timeline, which it is told of when it opens. Confined to
 * the source's thread; the stream's own threads only leave work in the inbox.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    /** A stream that held for so long was a good one. */
    private static final long GOOD_MS = 60_000;

    private final String name;
    private final MastodonApi api;
    private final Inbox inbox;
    private final MonotonicClock clock;
    private final Duration silence;
    private final Events events;
    private final RandomGenerator random = RandomGenerator.getDefault();

    private MastodonApi.@Nullable Stream stream;
    private int generation;
    private boolean open;
    private int failures;
    private long nextAt;
    private long openedAt;
    private volatile long aliveAt;
    private boolean sockets;

    /** Who wants to know. Called on the source's thread. */
    interface Events {
        /** The stream serves: what happened before is to be read elsewhere. */
        void opened();

        void message(StreamMessage message);

        /** The stream was refused with this status. */
        void refused(int status);
    }

    Subscription(String name, MastodonApi api, Inbox inbox, MonotonicClock clock, Duration silence, Events events) {
        this.name = name;
        this.api = api;
        this.inbox = inbox;
        this.clock = clock;
        this.silence = silence;
        this.events = events;
        this.nextAt = clock.millis();
    }

    String name() {
        return name;
    }

    boolean isOpen() {
        return open;
    }

    /** Opens, or closes what is dead. */
    void tend(Channel channel, URI host, Optional<Secret> token, MastodonConfig.Streaming mode) {
        long now = clock.millis();
        if (stream != null && now - aliveAt > silence.toMillis()) {
            ended(generation, 0, "nothing was heard for " + silence.toSeconds() + " s");
        }
        if (stream == null && now >= nextAt) {
            boolean socket =
                    mode == MastodonConfig.Streaming.WEBSOCKET || (mode == MastodonConfig.Streaming.AUTO && sockets);
            URI address = socket ? channel.socket(host) : channel.events(host);
            aliveAt = now;
            stream = api.open(address, token, new Listener(++generation));
        }
    }

    void close() {
        generation++;
        open = false;
        MastodonApi.Stream current = stream;
        stream = null;
        if (current != null) {
            current.close();
        }
    }

    private void opened(int of) {
        if (of == generation) {
            open = true;
            openedAt = clock.millis();
            LOG.atInfo().addKeyValue("stream", name).log("streaming");
            events.opened();
        }
    }

    private void message(int of, StreamMessage message) {
        if (of == generation) {
            events.message(message);
        }
    }

    private void ended(int of, int status, String reason) {
        if (of != generation) {
            return;
        }
        boolean wasGood = open && clock.millis() - openedAt > GOOD_MS;
        close();
        failures = wasGood ? 1 : failures + 1;
        if (status >= 400 && status != 401 && status != 403 && status != 429 && status < 500) {
            // No events here; perhaps a WebSocket.
            sockets = !sockets;
        }
        Duration wait = RETRY.delay(failures, random);
        nextAt = clock.millis() + wait.toMillis();
        LOG.atInfo()
                .addKeyValue("stream", name)
                .addKeyValue("reason", reason)
                .addKeyValue("againInMs", wait.toMillis())
                .log("the stream ended; the timeline is read instead");
        events.refused(status);
    }

    /** Brings what the stream says to the source's thread. */
    private final class Listener implements MastodonApi.StreamListener {
        private final int of;

        Listener(int of) {
            this.of = of;
        }

        private void hand(Consumer<Subscription> work) {
            inbox.put(() -> work.accept(Subscription.this));
        }

        @Override
        public void opened() {
            aliveAt = clock.millis();
            hand(subscription -> subscription.opened(of));
        }

        @Override
        public void alive() {
            aliveAt = clock.millis();
        }

        @Override
        public void message(StreamMessage message) {
            hand(subscription -> subscription.message(of, message));
        }

        @Override
        public void ended(int status, String reason) {
            hand(subscription -> subscription.ended(of, status, reason));
        }
    }
}
