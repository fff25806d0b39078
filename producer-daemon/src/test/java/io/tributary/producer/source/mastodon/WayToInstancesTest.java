package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.http.HttpApi;
import io.tributary.producer.source.mastodon.wire.StreamMessage;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import io.tributary.sandbox.mastodon.Post;
import io.tributary.sandbox.mastodon.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxy, TLS, User-Agent, redirects. */
class WayToInstancesTest {
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final Clock clock = Clock.systemUTC();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final HttpServer own = listening(this::redirect);
    private final HttpServer other = listening(exchange -> {
        note("other", exchange);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    });

    WayToInstancesTest() throws IOException {}

    @AfterEach
    void stop() {
        own.stop(0);
        other.stop(0);
    }

    private void redirect(HttpExchange exchange) throws IOException {
        note("own", exchange);
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/stays")) {
            exchange.getResponseHeaders().add("Location", "/leaves");
        } else if (path.equals("/leaves")) {
            exchange.getResponseHeaders().add("Location", "http://localhost:" + port(other) + "/there");
        }
        exchange.sendResponseHeaders(301, -1);
        exchange.close();
    }

    private void note(String who, HttpExchange exchange) {
        seen.add(who + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
    }

    @Test
    void aRedirectTakesTheTokenNoFurtherThanTheHost() throws Exception {
        try (HttpApi api = new HttpApi(client(Optional.empty(), Optional.empty()))) {
            CompletableFuture<MastodonApi.Answer> answer = new CompletableFuture<>();
            api.get(address("http", "/stays"), Optional.of(new Secret("t")), answer::complete);
            assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        assertThat(seen).containsExactly("own /stays Bearer t", "own /leaves Bearer t", "other /there null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http | 0 redirects to localhost, which does not get the token unless streaming-url names it
            ws   | 301 refused with 301
            """)
    void aStreamIsNotFollowedToAnotherHost(String scheme, String end) throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (HttpApi api = new HttpApi(client(Optional.empty(), Optional.empty()))) {
            api.open(address(scheme, "/leaves"), Optional.of(new Secret("t")), new MastodonApi.StreamListener() {
                @Override
                public void opened() {
                    seen.add("opened");
                }

                @Override
                public void alive() {}

                @Override
                public void message(StreamMessage message) {}

                @Override
                public void ended(int status, String reason) {
                    ended.complete(status + " " + reason);
                }
            });
            assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(end);
        }
        assertThat(seen).containsExactly("own /leaves Bearer t");
    }

    @Test
    void requestsAndWebSocketsGoByTheProxyAndSayWhoAsks() throws Exception {
        Instance instance = instance(Dialect.GOTOSOCIAL);
        Post post = new Script(instance, Dialect.GOTOSOCIAL, clock, 1).make(clock.instant());
        try (PassingProxy proxy = new PassingProxy();
                InstanceServer server = InstanceServer.start(instance, HEARTBEAT)) {
            String host = "standin.invalid:" + server.port();
            MastodonConfig.Client client = client(Optional.of(proxy.address()), Optional.empty());
            try (Pumped source = pumped("http://" + host + "/", client)) {
                source.until(() -> server.streams() == 1);
                instance.post(post, 0);
                source.until(() -> source.uris().contains(post.uri()));
                assertThat(source.trouble()).isEmpty();
            }
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allMatch(head -> head.startsWith("CONNECT " + host + " ")
                            || (head.startsWith("GET http://" + host + "/api/")
                                    && head.contains("\r\nUser-Agent: somebody (+https://example.org)\r\n")));
        }
    }

    @Test
    void byTlsTheProxySeesNeitherRequestsNorTheToken(@TempDir Path folder) throws Exception {
        ThrowawayCertificate certificate = ThrowawayCertificate.make(folder, "standin");
        Instance instance = instance(Dialect.MASTODON);
        Post post = new Script(instance, Dialect.MASTODON, clock, 1).make(clock.instant());
        try (PassingProxy proxy = new PassingProxy();
                InstanceServer server = InstanceServer.start(instance, 0, HEARTBEAT, certificate.sockets(), true)) {
            String host = "standin.invalid:" + server.port();
            MastodonConfig.Client client = client(
                    Optional.of(proxy.address()), Optional.of(certificate.pem().toString()));
            try (Pumped source = pumped("https://" + host + "/", client)) {
                source.until(() -> server.streams() == 1);
                instance.post(post, 0);
                source.until(() -> source.uris().contains(post.uri()));
            }
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allMatch(head -> head.startsWith("CONNECT " + host + " ") && !head.contains(Follows.TOKEN));
        }
    }

    @Test
    void aProxyThatIsDownIsToldWithItsInstance() throws Exception {
        String gone;
        try (PassingProxy proxy = new PassingProxy()) {
            gone = proxy.address();
        }
        try (Pumped source = pumped("http://standin.invalid/", client(Optional.of(gone), Optional.empty()))) {
            source.until(() -> !source.trouble().contains("first time"));
            assertThat(source.trouble()).isEqualTo("standin.invalid cannot be reached: the connection was refused");
        }
    }

    @Test
    void certificatesThatCannotBeReadAreToldAtStart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertThatThrownBy(() -> new HttpApi(client(Optional.empty(), Optional.of(file.toString()))))
                .isInstanceOf(IOException.class)
                .hasMessage("client.ca-file " + file + " holds no certificates that can be read");
    }

    private Instance instance(Dialect dialect) {
        Instance instance = new Instance(dialect, clock);
        instance.faults().token(Follows.TOKEN);
        return instance;
    }

    private static Pumped pumped(String url, MastodonConfig.Client client) throws Exception {
        return new Pumped(Follows.config(Follows.instance(url, true)), new HttpApi(client));
    }

    private static MastodonConfig.Client client(Optional<String> proxy, Optional<String> caFile) {
        return new MastodonConfig.Client("somebody (+https://example.org)", proxy, caFile, Duration.ofSeconds(10));
    }

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port(own) + path);
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    private interface Handling {
        void handle(HttpExchange exchange) throws IOException;
    }

    private static HttpServer listening(Handling handling) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handling::handle);
        server.start();
        return server;
    }
}
