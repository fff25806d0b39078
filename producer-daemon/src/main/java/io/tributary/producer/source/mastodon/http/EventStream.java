package io.tributary.producer.source.mastodon.http;

import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.MastodonApi;
import io.tributary.producer.source.mastodon.MastodonConfig;
import io.tributary.producer.source.mastodon.wire.SseParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A stream of server-sent events. Its messages come one at a time on the client's threads. */
final class EventStream implements MastodonApi.Stream {
    private static final int LONGEST_EVENT = 4 << 20;

    private final HttpClient client;
    private final MastodonConfig.Client settings;
    private final MastodonApi.StreamListener listener;
    private volatile @Nullable CompletableFuture<?> exchange;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    private EventStream(HttpClient client, MastodonConfig.Client settings, MastodonApi.StreamListener listener) {
        this.client = client;
        this.settings = settings;
        this.listener = listener;
    }

    static EventStream open(
            HttpClient client,
            MastodonConfig.Client settings,
            URI address,
            Optional<Secret> token,
            MastodonApi.StreamListener listener) {
        EventStream stream = new EventStream(client, settings, listener);
        stream.connect(address, token, 1);
        return stream;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void connect(URI address, Optional<Secret> token, int redirects) {
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(
                Clients.request(address, token, settings)
                        .header("Accept", "text/event-stream")
                        .build(),
                answer -> answer.statusCode() == 200 ? new Events() : HttpResponse.BodySubscribers.replacing(""));
        exchange = asked;
        asked.whenComplete((response, failure) -> {
            if (closed) {
                return;
            }
            if (response == null) {
                listener.ended(0, Unreachable.because(failure, settings.timeout()));
                return;
            }
            Optional<Redirect> redirect = Redirect.of(address, response);
            if (redirect.isPresent() && redirect.get().staysOnHost() && redirects > 0) {
                connect(redirect.get().to(), token, redirects - 1);
            } else if (redirect.isPresent()) {
                listener.ended(
                        0,
                        "redirects to " + redirect.get().to().getHost()
                                + ", which does not get the token unless streaming-url names it");
            } else if (response.statusCode() == 200) {
                listener.ended(0, "the instance ended it");
            } else {
                listener.ended(response.statusCode(), "refused with " + response.statusCode());
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
        CompletableFuture<?> asked = exchange;
        if (asked != null) {
            asked.cancel(true);
        }
    }

    /** Reads the bytes as they come; asks for more once the listener has taken what they held. */
    private final class Events implements HttpResponse.BodySubscriber<String> {
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final SseParser parser = new SseParser(LONGEST_EVENT);

        @Override
        public CompletionStage<String> getBody() {
            return end;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            listener.opened();
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            listener.alive();
            for (ByteBuffer buffer : buffers) {
                parser.take(buffer).forEach(listener::message);
            }
            Flow.Subscription current = subscription;
            if (current != null) {
                current.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete("");
        }
    }
}
