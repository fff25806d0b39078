package io.tributary.producer.source.mastodon.http;

import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.MastodonApi;
import io.tributary.producer.source.mastodon.MastodonConfig;
import io.tributary.producer.source.mastodon.wire.SocketMessages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WebSocket. Its messages come one at a time on the client's threads; the client answers pings by itself. */
final class SocketStream implements MastodonApi.Stream {
    private static final int LONGEST_MESSAGE = 4 << 20;

    private final MastodonConfig.Client settings;
    private final MastodonApi.StreamListener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable WebSocket socket;

    private SocketStream(MastodonConfig.Client settings, MastodonApi.StreamListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    static SocketStream open(
            HttpClient client,
            MastodonConfig.Client settings,
            URI address,
            Optional<Secret> token,
            MastodonApi.StreamListener listener) {
        SocketStream stream = new SocketStream(settings, listener);
        WebSocket.Builder builder = client.newWebSocketBuilder()
                .connectTimeout(settings.timeout())
                .header("User-Agent", settings.userAgent());
        token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret.reveal()));
        builder.buildAsync(address, stream.new Frames()).whenComplete((opened, failure) -> {
            if (opened == null) {
                stream.refused(failure);
            } else {
                stream.socket = opened;
                if (stream.over.get()) {
                    opened.abort();
                }
            }
        });
        return stream;
    }

    private void refused(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        int status = cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null
                ? refused.getResponse().statusCode()
                : 0;
        end(status, status == 0 ? Unreachable.because(cause, settings.timeout()) : "refused with " + status);
    }

    private void end(int status, String reason) {
        if (over.compareAndSet(false, true)) {
            listener.ended(status, reason);
        }
    }

    @Override
    public void close() {
        over.set(true);
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private boolean tooLong;

        @Override
        public void onOpen(WebSocket webSocket) {
            socket = webSocket;
            listener.opened();
            webSocket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            listener.alive();
            tooLong |= text.length() + data.length() > LONGEST_MESSAGE;
            if (!tooLong) {
                text.append(data);
            }
            if (last) {
                if (!tooLong) {
                    SocketMessages.read(text.toString()).ifPresent(listener::message);
                }
                text.setLength(0);
                tooLong = false;
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
            listener.alive();
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            end(0, "the instance closed it (" + statusCode + ")");
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            end(0, Unreachable.because(error, settings.timeout()));
        }
    }
}
