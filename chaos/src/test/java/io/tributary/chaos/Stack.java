package io.tributary.chaos;

import io.tributary.daemon.config.Secret;
import io.tributary.sandbox.cli.client.Broker;
import io.tributary.sandbox.cli.client.MergeService;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.KafkaCluster;
import io.tributary.testing.KafkaProcess;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxServer;
import io.tributary.testing.faults.FaultyS3;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** All processes of one pipeline, kept running. Opened and closed by one thread. */
final class Stack implements AutoCloseable {
    static final String BUCKET = "tributary";
    private static final List<String> FILES = List.of("events", "accounts");
    private static final List<String> TOPICS = List.of("events", "accounts", Visits.TOPIC);
    private static final Duration BOOT = Duration.ofMinutes(2);
    private static final int PARTITIONS = 3;
    private static final double FAULTY = 0.05;
    private static final String SECRET_ENV = "S3_SECRET_KEY";
    private static final String[] DAEMON = {"-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};
    // What waits for a session, waits shortly: rounds are many.
    private static final String[] BROKER = {"group.min.session.timeout.ms=1000"};

    private final List<Member> members = new ArrayList<>();
    private final Path directory;
    private final Endpoints endpoints;
    private final S3Client s3;
    private final Optional<FaultyS3> faults;
    private Optional<Keeper> keeper = Optional.empty();

    private Stack(Path directory, Endpoints endpoints, Optional<FaultyS3> faults) {
        this.directory = directory;
        this.endpoints = endpoints;
        this.faults = faults;
        s3 = S3Client.builder()
                .endpointOverride(URI.create(endpoints.s3()))
                .forcePathStyle(true)
                .region(Region.of(S3Process.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Process.ACCESS_KEY, S3Process.SECRET_KEY)))
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(8)))
                .build();
    }

    /** Starts everything; returns when the brokers and S3 serve and the daemons are on their way. */
    static Stack start(Path directory, Shape shape, long seed, Tally tally) throws Exception {
        Files.createDirectories(directory);
        List<KafkaProcess.Start> brokers = KafkaCluster.plan(directory.resolve("kafka"), shape.brokers(), BROKER);
        String kafka =
                brokers.stream().map(broker -> "127.0.0.1:" + broker.port()).collect(Collectors.joining(","));
        int s3Port = LoopbackPort.free();
        int catalogPort = LoopbackPort.free();
        int mergePort = LoopbackPort.free();
        URI s3 = URI.create("http://127.0.0.1:" + s3Port);
        Optional<FaultyS3> faults =
                shape.faults() ? Optional.of(FaultyS3.inFrontOf(s3, seed).breakAll(FAULTY)) : Optional.empty();
        Endpoints endpoints = new Endpoints(
                kafka,
                s3.toString(),
                S3Process.ACCESS_KEY,
                new Secret(S3Process.SECRET_KEY),
                BUCKET,
                "jdbc:h2:tcp://127.0.0.1:" + catalogPort + "/./lake;DATABASE_TO_UPPER=FALSE;USER=sa;PASSWORD=",
                "http://127.0.0.1:" + mergePort,
                Optional.empty(),
                Optional.empty());
        Configs configs = new Configs(
                directory, kafka, faults.map(FaultyS3::endpoint).orElse(s3), BUCKET, endpoints.catalogJdbc());
        Stack stack = new Stack(directory, endpoints, faults);
        try {
            for (int node = 0; node < brokers.size(); node++) {
                stack.add("broker-" + (node + 1), Kind.BROKER, brokers.get(node).command());
            }
            stack.add("s3", Kind.S3, s3Server(directory.resolve("s3"), s3Port));
            stack.add(
                    "catalog",
                    Kind.CATALOG,
                    server("lake", "io.tributary.sandbox.lake.CatalogMain", catalogPort)
                            .jvm("-Xmx128m", "-Xms32m", "-XX:-UseParallelGC", "-XX:+UseSerialGC")
                            .arguments("--data", directory.resolve("catalog").toString()));
            stack.add(
                    "merge",
                    Kind.MERGE,
                    server("lake", "io.tributary.sandbox.lake.MergeMain", mergePort)
                            .jvm("-Xmx1g")
                            .arguments("--config", configs.merge().toString()));
            stack.createBucketAndTopics();
            for (int one = 1; one <= shape.consumers(); one++) {
                String name = "consumer-" + one;
                stack.add(name, Kind.CONSUMER, daemon("consumer-daemon", configs.consumer(name)));
            }
            stack.add(
                    "producer-events",
                    Kind.PRODUCER,
                    daemon("producer-daemon", configs.producer("events", stack.file("events"), "")));
            stack.add(
                    "producer-accounts",
                    Kind.PRODUCER,
                    daemon("producer-daemon", configs.producer("accounts", stack.file("accounts"), "account")));
            stack.keeper = Optional.of(new Keeper(stack.members, tally));
            return stack;
        } catch (Exception | Error failed) {
            stack.close();
            throw failed;
        }
    }

    /** The growing file that feeds a topic. */
    Path file(String topic) {
        return directory.resolve(topic + ".ndjson");
    }

    /** Where the S3 server keeps the bucket. */
    Path disk() {
        return directory.resolve("s3/buckets").resolve(BUCKET);
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Reaches S3 itself, not through any proxy. */
    S3Client s3() {
        return s3;
    }

    MergeService merge() {
        return new MergeService(endpoints.merge());
    }

    /** How many faults S3 was made to have. */
    long faults() {
        return faults.map(FaultyS3::injected).orElse(0L);
    }

    /** Lets faults happen, or not. */
    void faults(boolean on) {
        faults.ifPresent(proxy -> proxy.on(on));
    }

    private void createBucketAndTopics() throws Exception {
        Awaitility.await()
                .atMost(BOOT)
                .ignoreExceptions()
                .until(() -> s3.createBucket(create -> create.bucket(BUCKET))
                        .sdkHttpResponse()
                        .isSuccessful());
        try (Broker broker = new Broker(endpoints.kafka())) {
            Awaitility.await().atMost(BOOT).ignoreExceptions().until(() -> {
                broker.createMissing(
                        TOPICS,
                        TOPICS.stream().map(topic -> topic + ".rejected").toList(),
                        PARTITIONS);
                return true;
            });
        }
        for (String topic : FILES) {
            Files.writeString(file(topic), "");
        }
    }

    private void add(String name, Kind kind, JavaCommand command) {
        Member member = new Member(name, kind, command, directory.resolve("logs"));
        members.add(member);
        member.start();
    }

    private static JavaCommand server(String module, String main, int port) {
        return SandboxServer.command(module, main).arguments("--port", Integer.toString(port), "--stop-with-stdin");
    }

    private static JavaCommand s3Server(Path data, int port) {
        return server("s3", "io.tributary.sandbox.s3.S3Main", port)
                .arguments("--data", data.toString(), "--access-key", S3Process.ACCESS_KEY)
                .arguments("--secret-key-env", SECRET_ENV)
                .environment(SECRET_ENV, S3Process.SECRET_KEY);
    }

    private static JavaCommand daemon(String module, Path config) {
        Path jar = ProjectRoot.path().resolve(module).resolve("target").resolve(module + ".jar");
        return JavaCommand.jar(jar).jvm(DAEMON).arguments("--config", config.toString());
    }

    @Override
    public void close() {
        keeper.ifPresent(Keeper::close);
        for (int last = members.size() - 1; last >= 0; last--) {
            members.get(last).close();
        }
        faults.ifPresent(FaultyS3::close);
        s3.close();
    }
}
