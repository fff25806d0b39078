package io.tributary.sandbox.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.Secret;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.SandboxServer;
import io.tributary.testing.faults.Fault;
import io.tributary.testing.faults.FaultyS3;
import io.tributary.testing.faults.RequestKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The merge reaches staging and the lake through a proxy that breaks requests; what it left is counted without faults. */
final class FaultyMergeIT {
    private static final double A_FIFTH = 0.2;
    private static final int ROUNDS = 2;
    private static final int LINKS = 4;
    private static final int RECORDS = 25;
    private static final int KEYS = 30;
    private static final int MOST_ATTEMPTS = 60;
    private static final int OK = 200;
    /** The least that S3 takes as a part of an upload. */
    private static final int PART = 5 * 1024 * 1024;
    /** Text of which a link's records make a data file of two parts, however well it is compressed. */
    private static final int WIDE = 400_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What happens to the first requests of each step of an upload in parts, besides what happens to all. */
    private static final Map<RequestKind, List<Fault>> UPLOADS = Map.of(
            RequestKind.CREATE_UPLOAD, List.of(Fault.ANSWER_LOST, Fault.SLOW_DOWN),
            RequestKind.UPLOAD_PART, List.of(Fault.WRONG_CHECKSUM, Fault.RESET_DURING, Fault.ANSWER_LOST),
            RequestKind.COMPLETE_UPLOAD, List.of(Fault.ERROR_IN_OK, Fault.INTERNAL_ERROR, Fault.ANSWER_LOST));

    private final URI endpoint = SandboxProcesses.s3().endpoint();
    private final List<String> accepted = new ArrayList<>();
    private final Map<String, String> latest = new TreeMap<>();
    private final Set<String> pads = new HashSet<>();
    private final Random random = new Random(13);
    private int number;
    private int refused;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void withAFifthOfAllRequestsBrokenEachRecordIsInTheLakeOnce() throws Exception {
        SandboxServer catalog =
                start("CatalogMain", "--data", directory.resolve("catalog").toString());
        try (FaultyS3 proxy = FaultyS3.inFrontOf(endpoint, 11);
                S3Client s3 = client()) {
            s3.createBucket(create -> create.bucket(MergeFile.BUCKET));
            Path config = MergeFile.write(
                    directory, proxy.endpoint(), catalog.port(), "{ topic = a }, { topic = u, mode = upsert }");
            Files.writeString(
                    config,
                    "catalog.properties { \"s3.multipart.part-size-bytes\" = " + PART
                            + ", \"s3.multipart.threshold\" = 1.0 }\n",
                    StandardOpenOption.APPEND);
            SandboxServer merge = start("MergeMain", "--config", config.toString());
            try {
                proxy.delays(Duration.ofMillis(50), Duration.ZERO).breakAll(A_FIFTH);
                UPLOADS.forEach((kind, faults) -> proxy.breakNext(kind, faults.toArray(Fault[]::new)));
                StagedChain facts = new StagedChain(s3, "a", 0);
                StagedChain states = new StagedChain(s3, "u", 0);
                int attempts = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    stage(facts, states);
                    attempts += mergeUntilItSucceeds(merge);
                }
                proxy.on(false);
                System.out.print("merged " + ROUNDS + " times after " + attempts + " attempts\n" + proxy.summary());

                assertThat(proxy.injected()).isGreaterThan(50);
                assertThat(List.of(RequestKind.PUT, RequestKind.GET, RequestKind.HEAD, RequestKind.LIST))
                        .allSatisfy(kind -> assertThat(proxy.requests(kind)).isPositive());
                UPLOADS.forEach((kind, faults) -> assertThat(faults)
                        .allSatisfy(
                                fault -> assertThat(proxy.injected(kind, fault)).isPositive()));
                assertThat(ask(merge, "POST", "/merge").findValuesAsText("commits"))
                        .containsOnly("0");
                requireEachRecordOnce(merge);
            } finally {
                merge.process().close();
            }
        } finally {
            catalog.process().close();
        }
    }

    /** Some links of each topic, in which every tenth record is one that no table can hold. */
    private void stage(StagedChain facts, StagedChain states) throws IOException {
        for (int link = 0; link < LINKS; link++) {
            for (int record = 0; record < RECORDS; record++) {
                String n = Integer.toString(number++);
                String key = "k" + number % KEYS;
                boolean bad = number % 10 == 0;
                String json = bad ? "{\"n\":" + n + ",\"n\":0}" : "{\"n\":" + n + "}";
                facts.record(key, bad || link > 0 ? json : wide(n));
                states.record(key, json);
                if (bad) {
                    refused++;
                } else {
                    accepted.add(n);
                    latest.put(key, n);
                }
            }
            facts.cut();
            states.cut();
        }
    }

    private String wide(String n) {
        byte[] noise = new byte[WIDE * 3 / 4];
        random.nextBytes(noise);
        String pad = Base64.getEncoder().encodeToString(noise);
        pads.add(pad);
        return "{\"n\":" + n + ",\"pad\":\"" + pad + "\"}";
    }

    private static int mergeUntilItSucceeds(SandboxServer merge) throws Exception {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            if (send(merge, "POST", "/merge").statusCode() == OK) {
                return attempt;
            }
        }
        throw new AssertionError(
                "no merge of " + MOST_ATTEMPTS + " succeeds: " + merge.process().stderr());
    }

    private void requireEachRecordOnce(SandboxServer merge) throws Exception {
        JsonNode facts = rows(merge, "a");
        assertThat(column(facts, "n")).containsExactlyInAnyOrderElementsOf(accepted);
        List<String> found = column(facts, "pad");
        found.removeIf(pad -> pad.length() < WIDE);
        assertThat(found).hasSize(pads.size());
        assertThat(pads.equals(Set.copyOf(found)))
                .as("each wide text is as it was")
                .isTrue();
        JsonNode states = rows(merge, "u");
        List<String> keys = column(states, "_key");
        List<String> numbers = column(states, "n");
        Map<String, String> last = new TreeMap<>();
        for (int row = 0; row < keys.size(); row++) {
            last.put(keys.get(row), numbers.get(row));
        }
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(last).isEqualTo(latest);
        JsonNode rejects = rows(merge, "rejected");
        List<String> topics = column(rejects, "topic");
        List<String> offsets = column(rejects, "offset");
        List<String> places = new ArrayList<>();
        for (int row = 0; row < topics.size(); row++) {
            places.add(topics.get(row) + offsets.get(row));
        }
        assertThat(places).hasSize(2 * refused).doesNotHaveDuplicates();
        for (JsonNode table : ask(merge, "GET", "/audit?deep=true").path("tables")) {
            JsonNode counts = table.path("counts");
            assertThat(counts.path("records").asInt()).isEqualTo(number);
            assertThat(counts.path("rejected").asInt()).isEqualTo(refused);
            assertThat(counts.path("live")).isEqualTo(table.path("rows"));
            assertThat(table.path("deep").path("distinct"))
                    .isEqualTo(table.path("deep").path("rows"));
        }
    }

    private static List<String> column(JsonNode rows, String name) {
        List<String> columns = new ArrayList<>();
        rows.path("columns").forEach(column -> columns.add(column.asText()));
        List<String> values = new ArrayList<>();
        rows.path("rows")
                .forEach(row -> values.add(row.path(columns.indexOf(name)).asText()));
        return values;
    }

    private static JsonNode rows(SandboxServer merge, String table) throws Exception {
        return ask(merge, "GET", "/rows?limit=100000&table=" + table);
    }

    private static JsonNode ask(SandboxServer merge, String method, String path) throws Exception {
        HttpResponse<String> answer = send(merge, method, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(OK);
        return MAPPER.readTree(answer.body());
    }

    private static HttpResponse<String> send(SandboxServer merge, String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + merge.port() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static SandboxServer start(String main, String... arguments) {
        return SandboxServer.start(SandboxServer.command("lake", "io.tributary.sandbox.lake." + main)
                .arguments("--port", "0", "--stop-with-stdin")
                .arguments(arguments));
    }

    private S3Client client() {
        return new S3Settings(
                        Optional.of(S3Process.REGION),
                        Optional.of(endpoint),
                        true,
                        Optional.of(new S3Settings.Keys(S3Process.ACCESS_KEY, new Secret(S3Process.SECRET_KEY))))
                .client(2, 2);
    }
}
