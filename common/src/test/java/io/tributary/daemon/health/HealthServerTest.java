package io.tributary.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    @Test
    void answersWhatTheSuppliersSay() throws Exception {
        try (HealthServer server =
                HealthServer.start(0, () -> Health.good("alive"), () -> Health.bad("no progress"), () -> "a 1\n")) {
            assertThat(ask(server, "/live").body()).isEqualTo("ok: alive\n");
            assertThat(ask(server, "/ready").statusCode()).isEqualTo(503);
            assertThat(ask(server, "/ready").body()).isEqualTo("not ok: no progress\n");
            assertThat(ask(server, "/metrics").body()).isEqualTo("a 1\n");
        }
    }

    @Test
    void portInUseIsNamed() throws Exception {
        try (HealthServer first = HealthServer.start(0, () -> Health.good(""), () -> Health.good(""), () -> "")) {
            assertThatThrownBy(() ->
                            HealthServer.start(first.port(), () -> Health.good(""), () -> Health.good(""), () -> ""))
                    .isInstanceOf(IOException.class)
                    .hasMessage("health.port " + first.port()
                            + " on 127.0.0.1 cannot be used (Address already in use): choose another, or 0 for any");
        }
    }

    private static HttpResponse<String> ask(HealthServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
