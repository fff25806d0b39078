package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tributary.producer.source.mastodon.http.HttpApi;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import io.tributary.sandbox.mastodon.Post;
import io.tributary.sandbox.mastodon.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MastodonOverHttpTest {
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final Clock clock = Clock.systemUTC();

    @ParameterizedTest
    @EnumSource(names = {"MASTODON", "GOTOSOCIAL"})
    void streamsBringNewsAtOnceAndWhatTheyMissIsReadWhenTheyComeBack(Dialect dialect) throws Exception {
        Instance instance = instance(dialect);
        Script script = new Script(instance, dialect, clock, 1);
        try (InstanceServer server = InstanceServer.start(instance, HEARTBEAT);
                Pumped source = new Pumped(config(server.url(), Optional.empty()), api(Optional.empty()))) {
            source.until(() -> server.streams() == 1);
            Post streamed = script.make(clock.instant());
            instance.post(streamed, 0);
            source.until(() -> source.uris().contains(streamed.uri()));
            List<String> left = new ArrayList<>();
            for (InstanceServer.Ending ending : InstanceServer.Ending.values()) {
                server.endStreams(ending);
                Post missed = script.make(clock.instant());
                left.add(missed.uri());
                instance.post(missed, 0);
                source.until(() -> source.uris().contains(missed.uri()) && server.streams() == 1);
            }
            instance.faults().silent(true);
            Post unheard = script.make(clock.instant());
            left.add(unheard.uri());
            instance.post(unheard, 0);
            source.until(() -> source.uris().contains(unheard.uri()));
            instance.faults().silent(false);
            source.until(() -> {
                // Only a stream tells of it, and nobody knows when that is back.
                instance.deleteThenPost(script.make(clock.instant()));
                return source.committed().items() >= 5;
            });
            instance.delete(streamed);
            source.until(() -> !source.uris().contains(streamed.uri()));
            // A stream that came between may have told of a post, and not of its deletion.
            assertThat(source.uris()).containsAll(left);
            assertThat(source.committed().doubles()).isEmpty();
            assertThat(source.trouble()).isEmpty();
        }
    }

    @Test
    void anInstanceThatIsDownIsToldAndReadOnceItIsUp() throws Exception {
        Instance instance = instance(Dialect.MASTODON);
        Script script = new Script(instance, Dialect.MASTODON, clock, 1);
        Post post = script.make(clock.instant());
        instance.post(post, 0);
        InstanceServer first = InstanceServer.start(instance, HEARTBEAT);
        String url = first.url();
        int port = first.port();
        first.close();
        try (Pumped source = new Pumped(config(url, Optional.empty()), api(Optional.empty()))) {
            source.until(() ->
                    source.trouble().equals("127.0.0.1:" + port + " cannot be reached: the connection was refused"));
            try (InstanceServer again =
                    StandIns.at(port, instance, HEARTBEAT, javax.net.ServerSocketFactory.getDefault(), false)) {
                source.until(() ->
                        source.uris().contains(post.uri()) && source.trouble().isEmpty());
            }
        }
    }

    @Test
    void aWebsiteIsNoInstance() throws Exception {
        HttpServer website = StandIns.website();
        String name = "127.0.0.1:" + website.getAddress().getPort();
        MastodonConfig config = Follows.config(Follows.instance("http://" + name + "/", false));
        try (Pumped source = new Pumped(config, api(Optional.empty()))) {
            source.until(() -> !source.trouble().contains("first time"));
            assertThat(source.trouble())
                    .isEqualTo(name + " does not speak Mastodon's API (/api/v2/instance answered 200 without what "
                            + "describes an instance): check the URL");
        } finally {
            website.stop(0);
        }
    }

    @Test
    void aCertificateThatDoesNotVerifyIsToldUnlessItIsTrusted(@TempDir Path folder) throws Exception {
        ThrowawayCertificate certificate = ThrowawayCertificate.make(folder, "standin");
        Instance instance = instance(Dialect.MASTODON);
        Post post = new Script(instance, Dialect.MASTODON, clock, 1).make(clock.instant());
        instance.post(post, 0);
        try (InstanceServer server = InstanceServer.start(instance, 0, HEARTBEAT, certificate.sockets(), true)) {
            String url = "https://127.0.0.1:" + server.port();
            try (Pumped source = new Pumped(config(url, Optional.empty()), api(Optional.empty()))) {
                source.until(() -> !source.trouble().contains("first time"));
                assertThat(source.trouble())
                        .isEqualTo("127.0.0.1:" + server.port() + " has a certificate that does not verify: "
                                + ThrowawayCertificate.UNTRUSTED);
            }
            Optional<String> trusted = Optional.of(certificate.pem().toString());
            try (Pumped source = new Pumped(config(url, trusted), api(trusted))) {
                source.until(() -> source.uris().contains(post.uri()));
            }
        }
    }

    private Instance instance(Dialect dialect) {
        Instance instance = new Instance(dialect, clock);
        instance.faults().token(Follows.TOKEN);
        return instance;
    }

    private static MastodonConfig config(String url, Optional<String> caFile) {
        MastodonConfig base = Follows.config(Follows.instance(url + "/", true));
        return new MastodonConfig(
                base.name(),
                base.instances(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                base.since(),
                base.overlapTime(),
                base.overlapPages(),
                base.window(),
                Duration.ofSeconds(1),
                Duration.ZERO,
                true,
                true,
                client(caFile));
    }

    private static HttpApi api(Optional<String> caFile) throws IOException {
        return new HttpApi(client(caFile));
    }

    private static MastodonConfig.Client client(Optional<String> caFile) {
        return new MastodonConfig.Client("test", Optional.empty(), caFile, Duration.ofSeconds(10));
    }
}
