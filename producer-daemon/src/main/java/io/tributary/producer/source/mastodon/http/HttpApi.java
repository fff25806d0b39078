package io.tributary.producer.source.mastodon.http;

import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.MastodonApi;
import io.tributary.producer.source.mastodon.MastodonConfig;
import io.tributary.producer.source.mastodon.wire.AnswerHeaders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Instances by HTTP. Follows redirects itself, so that no other host than the one asked gets the token. */
public final class HttpApi implements MastodonApi {
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final MastodonConfig.Client settings;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A way to any instance.
     *
     * @throws java.io.IOException if the certificates to trust cannot be read
     */
    public HttpApi(MastodonConfig.Client settings) throws java.io.IOException {
        this.settings = settings;
        this.client = Clients.create(settings);
    }

    @Override
    public void get(URI address, Optional<Secret> token, Consumer<Answer> then) {
        get(address, token, then, MOST_REDIRECTS);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void get(URI address, Optional<Secret> token, Consumer<Answer> then, int redirects) {
        HttpRequest request = Clients.request(address, token, settings)
                .header("Accept", "application/json")
                .build();
        client.sendAsync(request, answer -> BoundedText.of(answer.headers())).whenComplete((response, failure) -> {
            if (closed) {
                return;
            }
            if (response == null) {
                then.accept(Answer.none(Unreachable.because(failure, settings.timeout())));
            } else {
                answered(address, token, then, redirects, response);
            }
        });
    }

    private void answered(
            URI address,
            Optional<Secret> token,
            Consumer<Answer> then,
            int redirects,
            HttpResponse<Optional<String>> response) {
        Optional<Redirect> redirect = Redirect.of(address, response);
        if (redirect.isPresent()) {
            if (redirects == 0) {
                then.accept(
                        Answer.none("redirects from one address to the next, more than " + MOST_REDIRECTS + " times"));
            } else if (redirect.get().isDowngrade()) {
                then.accept(Answer.none(
                        "redirects from https to http (" + redirect.get().to().getHost() + "): refused"));
            } else {
                get(redirect.get().to(), redirect.get().staysOnHost() ? token : Optional.empty(), then, redirects - 1);
            }
            return;
        }
        if (response.body().isEmpty()) {
            then.accept(Answer.none("answered with more than " + BoundedText.MOST_BYTES + " bytes"));
            return;
        }
        then.accept(new Answer(
                response.statusCode(),
                new AnswerHeaders(response.headers().map()),
                response.body().get(),
                ""));
    }

    @Override
    public Stream open(URI address, Optional<Secret> token, StreamListener listener) {
        boolean socket = String.valueOf(address.getScheme()).startsWith("ws");
        Stream stream = socket
                ? SocketStream.open(client, settings, address, token, listener)
                : EventStream.open(client, settings, address, token, listener);
        streams.add(stream);
        return () -> {
            streams.remove(stream);
            stream.close();
        };
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(Stream::close);
        streams.clear();
    }
}
