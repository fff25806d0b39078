package io.tributary.sandbox.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a daemon whether it makes progress, at its loopback port. Safe for many threads. */
public final class DaemonHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    /** The daemon at {@code host:port}; nothing is sent yet. */
    public DaemonHealth(String address) {
        request = HttpRequest.newBuilder(URI.create("http://" + address + "/ready"))
                .timeout(PATIENCE)
                .build();
    }

    /** Why the daemon makes no progress, in its own words; empty if it does. */
    public Optional<String> complaint() {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? Optional.empty()
                    : Optional.of(answer.body().strip().replaceFirst("^not ok: ", ""));
        } catch (IOException startingOrGone) {
            return Optional.of("it does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("it was not waited for");
        }
    }
}
