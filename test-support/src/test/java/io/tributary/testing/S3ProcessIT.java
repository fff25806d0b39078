package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3ProcessIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String UUID = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";

    /** Not the system's temporary directory, whose file system may keep no metadata. */
    private Path directory = Path.of("");

    @BeforeEach
    void freshDirectory(@TempDir(factory = TargetDirectory.class) Path fresh) {
        directory = fresh;
    }

    @Test
    void servesOnLoopbackOnlyAndStopsCleanly() throws Exception {
        try (S3Process s3 = S3Process.start(directory);
                S3Client client = client(s3, S3Process.SECRET_KEY)) {
            client.createBucket(b -> b.bucket("staging"));

            assertThat(ListeningSockets.of(s3.process().pid()))
                    .hasSize(1)
                    .allMatch(socket -> socket.getAddress().isLoopbackAddress() && socket.getPort() == s3.port());
            assertThat(s3.stop()).isZero();
            assertThat(s3.process().stdout()).containsExactly("ready {\"name\":\"s3\",\"port\":" + s3.port() + "}");
            assertThat(s3.process().stderr()).isEmpty();
        }
    }

    @Test
    void keepsEveryAcknowledgedObjectThroughAKill() throws Exception {
        try (S3Process s3 = S3Process.start(directory);
                S3Client client = client(s3, S3Process.SECRET_KEY)) {
            client.createBucket(b -> b.bucket("staging"));
            ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
            ExecutorService writers = Executors.newFixedThreadPool(8);
            try {
                for (int writer = 0; writer < 8; writer++) {
                    String prefix = "writer-" + writer + "/";
                    writers.execute(() -> putUntilItFails(client, prefix, acknowledged));
                }
                Awaitility.await().atMost(SOON).until(() -> acknowledged.size() > 300);
                s3.kill9();
            } finally {
                writers.shutdown();
            }
            assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            s3.restart();

            for (String key : acknowledged) {
                ResponseBytes<GetObjectResponse> object =
                        client.getObjectAsBytes(b -> b.bucket("staging").key(key));
                assertThat(object.asUtf8String()).isEqualTo(body(key));
                assertThat(object.response().metadata()).containsEntry("tributary-next", key);
            }
            assertThat(keys(client, "")).containsAll(acknowledged).noneMatch(key -> key.matches(".*[0-9a-f]{12}"));
        }
    }

    @Test
    void createsAnObjectOnlyOnceHoweverManyTry() throws Exception {
        // As below: a connection that was closed meanwhile has carried nothing.
        try (S3Client client = client(SandboxProcesses.s3(), S3Process.SECRET_KEY, 3)) {
            String bucket = UniqueName.of("race");
            client.createBucket(b -> b.bucket(bucket));
            ExecutorService racers = Executors.newFixedThreadPool(16);
            try {
                for (int round = 0; round < 10; round++) {
                    String key = "partition=0/" + round;
                    List<Callable<Integer>> attempts = new ArrayList<>();
                    for (int racer = 0; racer < 16; racer++) {
                        String text = "racer " + racer;
                        attempts.add(() -> putIfAbsent(client, bucket, key, text));
                    }
                    List<Integer> codes = new ArrayList<>();
                    for (Future<Integer> attempt : racers.invokeAll(attempts)) {
                        codes.add(attempt.get());
                    }
                    assertThat(codes).containsOnlyOnce(200).containsOnly(200, 412);
                }
            } finally {
                racers.shutdownNow();
            }
            assertThat(putIfAbsent(client, bucket, "partition=0/0", "late")).isEqualTo(412);
        }
    }

    @Test
    void listsInOrderFromAKeyOnward() {
        // The JDK's client keeps connections for the whole JVM, also those that the server has closed meanwhile.
        try (S3Client client = client(SandboxProcesses.s3(), S3Process.SECRET_KEY, 3)) {
            String bucket = UniqueName.of("list");
            client.createBucket(b -> b.bucket(bucket));
            for (int i = 9; i >= 0; i--) {
                String key = "chain/%020d.jsonl.gz".formatted(i * 1000);
                client.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString("x"));
            }
            List<String> found = client
                    .listObjectsV2Paginator(b -> b.bucket(bucket)
                            .prefix("chain/")
                            .startAfter("chain/%020d.jsonl.gz".formatted(6000))
                            .maxKeys(2))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .toList();

            assertThat(found)
                    .containsExactly(
                            "chain/00000000000000007000.jsonl.gz",
                            "chain/00000000000000008000.jsonl.gz",
                            "chain/00000000000000009000.jsonl.gz");
        }
    }

    @Test
    void refusesAWrongSecretKey() {
        try (S3Client client = client(SandboxProcesses.s3(), "another")) {
            S3Exception refusal = catchThrowableOfType(S3Exception.class, client::listBuckets);

            assertThat(refusal.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void neverListsFilesThatAreStillBeingWritten() throws Exception {
        try (S3Process s3 = S3Process.start(directory);
                S3Client client = client(s3, S3Process.SECRET_KEY)) {
            client.createBucket(b -> b.bucket("staging"));
            client.putObject(b -> b.bucket("staging").key("a/whole"), RequestBody.fromString("x"));
            Path half = directory.resolve("buckets/staging/a/half-" + UUID);
            Files.writeString(half, "ha");

            assertThat(keys(client, "")).containsExactly("a/whole");

            s3.restart();
            assertThat(half).doesNotExist();
            assertThat(keys(client, "")).containsExactly("a/whole");
        }
    }

    @Test
    void refusesADataDirectoryInUse() {
        try (S3Process s3 = S3Process.start(directory);
                JavaProcess second = S3Process.command(directory, 0).start()) {
            assertThat(second.exitCode(SOON)).isEqualTo(1);
            assertThat(second.stderr())
                    .containsExactly("s3: data directory " + directory.toAbsolutePath()
                            + " is in use by another running server; stop that one or choose another directory");
            assertThat(s3.process().isAlive()).isTrue();
        }
    }

    @Test
    void refusesToStartWithoutASecretKey() {
        try (JavaProcess s3 =
                S3Process.command(directory, 0).environment("S3_SECRET_KEY", "").start()) {
            assertThat(s3.exitCode(SOON)).isEqualTo(1);
            assertThat(s3.stderr())
                    .containsExactly("s3: environment variable S3_SECRET_KEY must hold the secret key, but is not set");
        }
    }

    private static void putUntilItFails(S3Client client, String prefix, ConcurrentLinkedQueue<String> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                String key = prefix + i;
                client.putObject(
                        b -> b.bucket("staging").key(key).ifNoneMatch("*").metadata(Map.of("tributary-next", key)),
                        RequestBody.fromString(body(key)));
                acknowledged.add(key);
            }
        } catch (SdkException | UncheckedIOException e) {
            // The server was killed: what was not acknowledged may or may not be there.
        }
    }

    private static String body(String key) {
        return key.repeat(2_000);
    }

    private static int putIfAbsent(S3Client client, String bucket, String key, String text) {
        try {
            client.putObject(b -> b.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString(text));
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    private static List<String> keys(S3Client client, String prefix) {
        return client.listObjectsV2Paginator(b -> b.bucket("staging").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static S3Client client(S3Process s3, String secretKey) {
        return client(s3, secretKey, 1);
    }

    private static S3Client client(S3Process s3, String secretKey, int attempts) {
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.of(S3Process.REGION))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Process.ACCESS_KEY, secretKey)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(attempts)))
                .build();
    }
}
