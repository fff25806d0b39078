package io.tributary.sandbox.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.Secret;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.LinkName;
import io.tributary.testing.S3Process;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The servers from their jars, as the launcher starts them: the catalog, the merge, and the S3 server below them. */
final class LakeIT {
    /** 127.0.0.1, as IPv4 and within IPv6. */
    private static final List<String> LOOPBACK = List.of("0100007F", "0000000000000000FFFF00000100007F");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aMergeOutlivesTheDeathOfTheCatalogAndOfItself() throws Exception {
        try (LakeServer s3 = startS3();
                LakeServer firstCatalog = startCatalog(0)) {
            URI endpoint = URI.create("http://127.0.0.1:" + s3.port());
            Path config = config(endpoint, firstCatalog.port());
            stage(endpoint);

            try (LakeServer merge = startMerge(config)) {
                assertThat(merge.listensOn()).isNotEmpty().isSubsetOf(LOOPBACK);
                assertThat(firstCatalog.listensOn()).isNotEmpty().isSubsetOf(LOOPBACK);
                assertThat(send(merge, "POST", "/merge")
                                .path("tables")
                                .path(0)
                                .path("records")
                                .asLong())
                        .isEqualTo(2);
                assertThat(send(merge, "GET", "/rows?table=t&limit=1")
                                .path("columns")
                                .path(0)
                                .asText())
                        .isEqualTo("n");
                assertThat(send(merge, "GET", "/rows").path("error").asText())
                        .isEqualTo("the parameter table is missing");
                merge.kill();
            }
            firstCatalog.kill();
            try (LakeServer catalog = startCatalog(firstCatalog.port());
                    LakeServer merge = startMerge(config)) {
                JsonNode audit =
                        send(merge, "GET", "/audit?deep=true").path("tables").path(0);
                assertThat(send(merge, "POST", "/merge")
                                .path("tables")
                                .path(0)
                                .path("commits")
                                .asInt())
                        .isZero();

                assertThat(audit.path("rows").asLong()).isEqualTo(2);
                assertThat(audit.path("deep").path("distinct").asLong()).isEqualTo(2);
                assertThat(audit.path("chains").path("t/inc/0").path("next").asLong())
                        .isEqualTo(2);
                assertThat(merge.terminate()).isZero();
                assertThat(catalog.terminate()).isZero();
            }
        }
    }

    @Test
    void aMergeInWhichATableFailsIsAnsweredWithTheMessageAndWithWhatWasMerged() throws Exception {
        try (LakeServer s3 = startS3();
                LakeServer catalog = startCatalog(0)) {
            URI endpoint = URI.create("http://127.0.0.1:" + s3.port());
            Path config = config(endpoint, catalog.port());
            Files.writeString(config, "tables = [{ topic = broken }, { topic = t }]", StandardOpenOption.APPEND);
            stage(endpoint);
            try (S3Client client = client(endpoint)) {
                client.putObject(
                        request -> request.bucket("tributary")
                                .key(new LinkName(new ChainId("broken", "inc", 0), 5, Compression.GZIP).key("staging"))
                                .metadata(Map.of("tributary-format", "2")),
                        RequestBody.empty());
            }

            try (LakeServer merge = startMerge(config)) {
                HttpResponse<String> answer = answer(merge, "POST", "/merge");
                JsonNode body = MAPPER.readTree(answer.body());

                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(body.path("error").asText())
                        .startsWith("1 table could not be merged: broken: ")
                        .contains("tributary-format is '2'; this version reads 1");
                assertThat(body.path("failures").path(0).path("table").asText()).isEqualTo("broken");
                assertThat(body.path("tables").path(0).path("table").asText()).isEqualTo("t");
                assertThat(body.path("tables").path(0).path("records").asLong()).isEqualTo(2);
                assertThat(answer(merge, "GET", "/rows?table=nowhere"))
                        .satisfies(
                                missing -> assertThat(missing.statusCode()).isEqualTo(500),
                                missing -> assertThat(missing.body())
                                        .startsWith("{\"error\":\"")
                                        .contains("nowhere")
                                        .hasLineCount(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.tributary.etl.EtlMain", "io.tributary.sandbox.lake.MergeMain"})
    void whatSparkThrowsWithoutSayingSoEndsAJobWithOneLineAndCodeOne(String main) throws Exception {
        Path config = config(URI.create("http://127.0.0.1:1"), 1);
        // Spark throws a checked exception of this, which its methods do not declare.
        Files.writeString(config, "spark { spark.master = nonsense }", StandardOpenOption.APPEND);
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        if (main.endsWith("MergeMain")) {
            arguments.add("--once");
        }

        LakeServer.Ended ended = LakeServer.run("lake", main, directory.resolve("job.log"), arguments);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error().lines().filter(line -> line.startsWith("glue-etl: ") || line.startsWith("merge: ")))
                .singleElement()
                .asString()
                .contains("Could not parse Master URL: 'nonsense'");
    }

    private LakeServer startS3() throws IOException {
        return LakeServer.start(
                "s3",
                "io.tributary.sandbox.s3.S3Main",
                directory.resolve("s3.log"),
                Map.of("SECRET", S3Process.SECRET_KEY),
                "--data",
                directory.resolve("s3").toString(),
                "--port",
                "0",
                "--access-key",
                S3Process.ACCESS_KEY,
                "--secret-key-env",
                "SECRET");
    }

    private LakeServer startCatalog(int port) throws IOException {
        return LakeServer.start(
                "lake",
                "io.tributary.sandbox.lake.CatalogMain",
                directory.resolve("catalog.log"),
                Map.of(),
                "--data",
                directory.resolve("catalog").toString(),
                "--port",
                Integer.toString(port));
    }

    private LakeServer startMerge(Path config) throws IOException {
        return LakeServer.start(
                "lake",
                "io.tributary.sandbox.lake.MergeMain",
                directory.resolve("merge.log"),
                Map.of(),
                "--config",
                config.toString(),
                "--port",
                "0");
    }

    private Path config(URI s3, int catalogPort) throws IOException {
        return MergeFile.write(directory, s3, catalogPort, "{ topic = t }");
    }

    private static void stage(URI endpoint) throws IOException {
        try (S3Client client = client(endpoint)) {
            client.createBucket(request -> request.bucket(MergeFile.BUCKET));
            new StagedChain(client, "t", 0)
                    .record(null, "{\"n\":1}")
                    .record(null, "{\"n\":2}")
                    .cut();
        }
    }

    private static S3Client client(URI endpoint) {
        return new S3Settings(
                        Optional.of("us-east-1"),
                        Optional.of(endpoint),
                        true,
                        Optional.of(new S3Settings.Keys(S3Process.ACCESS_KEY, new Secret(S3Process.SECRET_KEY))))
                .client(2, 2);
    }

    private static JsonNode send(LakeServer server, String method, String path)
            throws IOException, InterruptedException {
        return MAPPER.readTree(answer(server, method, path).body());
    }

    private static HttpResponse<String> answer(LakeServer server, String method, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
