package io.tributary.producer.source.mastodon.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An answer's body as text; empty if it is larger than anybody needs. */
final class BoundedText implements HttpResponse.BodySubscriber<Optional<String>> {
    static final int MOST_BYTES = 16 << 20;

    private final CompletableFuture<Optional<String>> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    private BoundedText() {}

    static HttpResponse.BodySubscriber<Optional<String>> of(HttpHeaders headers) {
        BoundedText text = new BoundedText();
        if (headers.firstValueAsLong("content-length").orElse(0) > MOST_BYTES) {
            text.body.complete(Optional.empty());
        }
        return text;
    }

    @Override
    public CompletionStage<Optional<String>> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            bytes.writeBytes(piece);
        }
        Flow.Subscription current = subscription;
        if (bytes.size() > MOST_BYTES && current != null) {
            body.complete(Optional.empty());
            current.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Optional.of(bytes.toString(StandardCharsets.UTF_8)));
    }
}
