package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tributary.producer.source.mastodon.StandIns;
import io.tributary.producer.source.mastodon.ThrowawayCertificate;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, and what it says of instances that cannot be read: one line for each, and none once they can. */
class MastodonReadyIT {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void eachTroubleIsOneLineAndEndsWithoutARestart() throws Exception {
        ThrowawayCertificate trusted = ThrowawayCertificate.make(folder, "trusted");
        ThrowawayCertificate unknown = ThrowawayCertificate.make(folder, "unknown");
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        Instance members = instance();
        members.faults().token("t0ken");
        HttpServer website = StandIns.website();
        int noInstance = website.getAddress().getPort();
        int down = freed();
        try (InstanceServer open = start(members, 0, ServerSocketFactory.getDefault(), false);
                InstanceServer forged = start(instance(), 0, unknown.sockets(), true);
                ProducerProcess producer = ProducerProcess.start(folder, """
                        source {
                          name = "%1$s", type = mastodon, poll-every = 1s, client.ca-file = "%2$s"
                          instances = [
                            { url = "http://127.0.0.1:%3$d" }, { url = "http://127.0.0.1:%4$d" }
                            { url = "https://127.0.0.1:%5$d" }, { url = "%6$s", token-file = "%7$s" }
                          ]
                        }
                        topic = "%1$s", kafka.bootstrap-servers = ["%8$s"]
                        """.formatted(
                                topic(),
                                trusted.pem(),
                                down,
                                noInstance,
                                forged.port(),
                                open.url(),
                                token,
                                SandboxProcesses.kafka().bootstrapServers()))) {
            String isDown = "127.0.0.1:" + down + " cannot be reached: the connection was refused";
            String isNone = "127.0.0.1:" + noInstance
                    + " does not speak Mastodon's API (/api/v2/instance answered 200 without what describes an "
                    + "instance): check the URL";
            String isForged = "127.0.0.1:" + forged.port() + " has a certificate that does not verify: "
                    + ThrowawayCertificate.UNTRUSTED;
            await(producer, "503 not ok: " + isDown + "; " + isNone + "; " + isForged);

            try (InstanceServer up = start(instance(), down, ServerSocketFactory.getDefault(), false)) {
                await(producer, "503 not ok: " + isNone + "; " + isForged);
                website.stop(0);
                try (InstanceServer right = start(instance(), noInstance, ServerSocketFactory.getDefault(), false)) {
                    await(producer, "503 not ok: " + isForged);
                    int port = forged.port();
                    forged.close();
                    try (InstanceServer genuine = start(instance(), port, trusted.sockets(), true)) {
                        await(producer, "200 ok: waiting, 0 records committed");
                        revoke(members, open, token, producer);
                        assertThat(up.port() + right.port() + genuine.port()).isEqualTo(down + noInstance + port);
                    }
                }
            }
            assertThat(producer.process().stop()).isZero();
            assertThat(producer.process().stderr())
                    .filteredOn(line -> line.contains(isDown))
                    .hasSize(1);
            assertThat(producer.process().stderr()).noneMatch(line -> line.contains("t0ken"));
        }
    }

    private static void revoke(Instance members, InstanceServer open, Path token, ProducerProcess producer)
            throws IOException {
        Awaitility.await().atMost(DEADLINE).until(() -> open.streams() == 1);
        // The timeline is open to all: only the stream tells.
        members.faults().token("an0ther-t0ken");
        open.endStreams(InstanceServer.Ending.CLEAN);
        await(
                producer,
                "503 not ok: 127.0.0.1:" + open.port() + " refuses the token (401: The access token is invalid): put "
                        + "a valid one into the file " + token);
        Files.writeString(token, "an0ther-t0ken\n");
        await(producer, "200 ok: waiting, 0 records committed");
        Awaitility.await().atMost(DEADLINE).until(() -> open.streams() == 1);
    }

    private static void await(ProducerProcess producer, String ready) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(producer.ready()).isEqualTo(ready));
    }

    private static Instance instance() {
        return new Instance(Dialect.MASTODON, Clock.systemUTC());
    }

    private static InstanceServer start(Instance instance, int port, ServerSocketFactory sockets, boolean secure) {
        return StandIns.at(port, instance, HEARTBEAT, sockets, secure);
    }

    private static String topic() {
        String topic = UniqueName.of("ready");
        KafkaTopics.create(SandboxProcesses.kafka().bootstrapServers(), topic, 1);
        return topic;
    }

    private static int freed() throws IOException {
        try (InstanceServer once = InstanceServer.start(instance(), HEARTBEAT)) {
            return once.port();
        }
    }
}
