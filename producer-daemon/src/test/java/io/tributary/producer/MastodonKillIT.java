package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import io.tributary.sandbox.mastodon.Post;
import io.tributary.sandbox.mastodon.Script;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar against a stand-in that never rests, killed at random: {@code -Dtributary.kills=50} for the long run. */
class MastodonKillIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int KILLS = Integer.getInteger("tributary.kills", 4);
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @Test
    void whateverIsKilledEachVersionIsPublishedOnce(@TempDir Path folder) throws Exception {
        String servers = SandboxProcesses.kafka().bootstrapServers();
        String topic = UniqueName.of("statuses");
        KafkaTopics.create(servers, topic, 3);
        Clock clock = Clock.systemUTC();
        Instance instance = new Instance(Dialect.MASTODON, clock, 100_000);
        instance.faults().token("t0ken");
        Script script = new Script(instance, Dialect.MASTODON, clock, 1);
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        Random random = new Random(1);
        ScheduledExecutorService happening = Executors.newSingleThreadScheduledExecutor();
        try (InstanceServer server = InstanceServer.start(instance, Duration.ofSeconds(2))) {
            String config = """
                    source {
                      name = "%s", type = mastodon
                      instances = [ { url = "%s", token-file = "%s" } ]
                      poll-every = 3s, check-every = 5s, reconcile-every = 1s
                    }
                    topic = "%s"
                    batch.max-age = 100ms
                    kafka.bootstrap-servers = ["%s"]
                    """.formatted(topic, server.url(), token, topic, servers);
            Object steps = happening.scheduleAtFixedRate(script::step, 0, 100, TimeUnit.MILLISECONDS);
            assertThat(steps).isNotNull();
            for (int kill = 0; kill < KILLS; kill++) {
                try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                    long enough = random.nextInt(20);
                    Awaitility.await()
                            .atMost(DEADLINE)
                            .until(() -> producer.metric("tributary_producer_records_total") > enough);
                    producer.process().kill9();
                }
            }
            happening.shutdown();
            assertThat(happening.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
                // What was deleted while nobody listened is found by asking, as far as the limit allows.
                Awaitility.await()
                        .atMost(DEADLINE.multipliedBy(4))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> state(servers, topic).equals(wanted(script)));
                producer.process().stop();
                assertThat(producer.process().stderr()).noneMatch(line -> line.contains("t0ken"));
            }
        } finally {
            happening.shutdownNow();
        }
        assertThat(doubles(servers, topic)).isEmpty();
        assertThat(instance.overLimit()).isZero();
    }

    private static Map<String, String> wanted(Script script) {
        Map<String, String> wanted = new HashMap<>();
        for (Post post : script.left().values()) {
            wanted.put(post.uri(), post.json().path("content").asText());
        }
        return wanted;
    }

    private static Map<String, String> state(String servers, String topic) throws Exception {
        Map<String, String> rows = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> read : KafkaTopics.readCommitted(servers, topic)) {
            String uri = new String(read.key(), StandardCharsets.UTF_8);
            if (read.value() == null) {
                rows.remove(uri);
            } else {
                rows.put(uri, MAPPER.readTree(read.value()).path("content").asText());
            }
        }
        return rows;
    }

    private static List<String> doubles(String servers, String topic) throws Exception {
        Set<String> versions = new HashSet<>();
        List<String> doubles = new java.util.ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : KafkaTopics.readCommitted(servers, topic)) {
            String version = new String(read.key(), StandardCharsets.UTF_8) + " ";
            if (read.value() != null) {
                JsonNode json = MAPPER.readTree(read.value());
                version += json.path("edited_at") + " " + json.path("content");
            }
            if (!versions.add(version)) {
                doubles.add(version);
            }
        }
        return doubles;
    }
}
