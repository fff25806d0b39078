package io.tributary.consumer.it;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.Topics;
import io.tributary.testing.UniqueName;
import io.tributary.testing.calls.RecordedCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One test's topic, bucket and daemons. Not thread-safe; closes what it started. */
final class Lab implements AutoCloseable {
    static final String PREFIX = "staging";
    private static final Path JAR = Path.of("target/consumer-daemon.jar").toAbsolutePath();
    /** Most daemons of a test end before the optimizing compiler has paid off. */
    private static final String[] FOR_SHORT_LIVES = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    private static final Pattern HEALTH = Pattern.compile(".*healthPort=\"?(\\d+).*");

    final String topic;
    final String bucket;
    final int partitions;
    final Admin admin;
    final S3Client s3;
    final URI endpoint;
    private final String kafka;
    private final Path directory;
    private final Map<String, Long> counts = new HashMap<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final List<JavaProcess> started = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private Supplier<JavaCommand> program = () -> JavaCommand.jar(JAR);

    Lab(Path directory, int partitions) {
        this(
                directory,
                partitions,
                SandboxProcesses.kafka().bootstrapServers(),
                SandboxProcesses.s3().endpoint());
    }

    Lab(Path directory, int partitions, String kafka, URI endpoint) {
        this.directory = directory;
        this.partitions = partitions;
        this.kafka = kafka;
        this.endpoint = endpoint;
        topic = UniqueName.of("topic");
        bucket = UniqueName.of("bucket");
        admin = Admin.create(Map.of("bootstrap.servers", kafka));
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.of(io.tributary.testing.S3Process.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        io.tributary.testing.S3Process.ACCESS_KEY, io.tributary.testing.S3Process.SECRET_KEY)))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        s3.createBucket(create -> create.bucket(bucket));
        createTopic(Map.of());
        set("kafka.bootstrap-servers", "[\"" + kafka.replace(",", "\",\"") + "\"]");
        set("topics", "[\"" + topic + "\"]");
        set("kafka.group", UniqueName.of("group"));
        set("s3.region", io.tributary.testing.S3Process.REGION);
        set("s3.endpoint", "\"" + endpoint + "\"");
        set("s3.path-style", "true");
        set("s3.access-key", io.tributary.testing.S3Process.ACCESS_KEY);
        set("s3.secret-key", io.tributary.testing.S3Process.SECRET_KEY);
        set("staging.bucket", bucket);
        set("roll.max-age", "1s");
    }

    void createTopic(Map<String, String> config) {
        Topics.create(admin, new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config));
    }

    void deleteTopic() {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    /** A key of the configuration, for daemons started from now on. */
    Lab set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Daemons and commands started from now on write down what they ask of AWS. */
    void recordCalls(RecordedCalls calls) {
        program = () -> calls.command(JAR, "io.tributary.consumer.ConsumerMain");
    }

    Path config(String instance) {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        text.append("kafka.instance-id = ").append(instance).append('\n');
        try {
            return Files.writeString(directory.resolve(instance + ".conf"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    JavaCommand command(String instance, String... jvm) {
        return program.get()
                .jvm(FOR_SHORT_LIVES)
                .jvm(jvm)
                .arguments("--config", config(instance).toString());
    }

    /** One of the daemon's commands, its configuration given. */
    JavaCommand tool(String command) {
        return program.get()
                .jvm(FOR_SHORT_LIVES)
                .arguments(command, "--config", config(command).toString());
    }

    JavaProcess start(String instance, String... jvm) {
        JavaProcess process = command(instance, jvm).start();
        started.add(process);
        return process;
    }

    ChainId chain(int partition) {
        return new ChainId(topic, topicId(), partition);
    }

    String topicId() {
        return await(Objects.requireNonNull(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic)))
                .topicId()
                .toString();
    }

    StagedChain read(int partition) {
        return StagedChain.read(s3, bucket, PREFIX, chain(partition));
    }

    /** The links of a chain under a prefix, whatever they are. */
    List<Link> links(String prefix, int partition) {
        return s3
                .listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(chain(partition).keyPrefix(prefix)))
                .contents()
                .stream()
                .flatMap(object -> LinkName.parse(prefix, object.key()).stream())
                .map(name -> new Link(
                        name,
                        LinkMetadata.parse(
                                name,
                                s3.headObject(head -> head.bucket(bucket).key(name.key(prefix)))
                                        .metadata())))
                .toList();
    }

    /** The lines of a chain of gzip links, as text. */
    List<String> lines(int partition) {
        List<String> lines = new ArrayList<>();
        for (Link link : read(partition).links()) {
            try (InputStream in = new GZIPInputStream(
                    s3.getObject(get -> get.bucket(bucket).key(link.name().key(PREFIX))))) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return lines;
    }

    /** How many lines are staged in all, by what the links say of themselves. */
    long staged() {
        String id = topicId();
        long sum = 0;
        for (S3Object object : s3.listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(PREFIX + "/" + topic + "/incarnation=" + id + "/"))
                .contents()) {
            sum += counts.computeIfAbsent(
                    object.key(),
                    key -> Long.parseLong(Objects.requireNonNull(
                            s3.headObject(head -> head.bucket(bucket).key(key))
                                    .metadata()
                                    .get("tributary-records"))));
        }
        return sum;
    }

    /** Waits until exactly so many lines are staged. */
    void awaitStaged(long records) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> staged() >= records);
        if (staged() != records) {
            throw new AssertionError(staged() + " lines are staged instead of " + records);
        }
    }

    /** Waits until a daemon has staged so many records itself. */
    void awaitStagedBy(JavaProcess daemon, long records) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> metric(daemon, "records_staged_total") >= records);
    }

    /** Waits until a daemon says that so many offsets are left to read, and not that it does not know. */
    void awaitLag(JavaProcess daemon, long lag) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> health(daemon, "/metrics")
                        .orElse("")
                        .contains("tributary_consumer_lag_records_sum " + lag + "\n"));
    }

    /** One of a daemon's metrics that have no labels; 0 where it is not served yet. */
    long metric(JavaProcess daemon, String name) {
        Matcher matcher = Pattern.compile("(?m)^tributary_consumer_" + name + " (\\d+)$")
                .matcher(health(daemon, "/metrics").orElse(""));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Checks that each partition has the numbers it should have, in order, each once. */
    void requireExactly(IntFunction<List<Long>> expected) {
        for (int partition = 0; partition < partitions; partition++) {
            List<Long> numbers = read(partition).lines().stream()
                    .map(line -> line.value().get("n").asLong())
                    .collect(Collectors.toList());
            Assertions.assertThat(numbers).as("partition %s", partition).isEqualTo(expected.apply(partition));
        }
    }

    /** Produces records of about 1 kB. */
    void produceWide(long records) {
        byte[] pad = new byte[700];
        Random random = new Random(1);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("compression.type", "lz4"))) {
            for (long n = 0; n < records; n++) {
                random.nextBytes(pad);
                send(
                        producer,
                        new ProducerRecord<>(
                                topic,
                                (int) (n % partitions),
                                bytes("key-" + n),
                                bytes("{\"n\":" + n + ",\"pad\":\""
                                        + Base64.getEncoder().encodeToString(pad) + "\"}")));
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.get(0));
        }
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", kafka, "linger.ms", 5));
        properties.putAll(more);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Produces {@code {"n":from}} up to {@code to}, spread over the partitions, and waits. */
    void produce(long from, long to) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (long n = from; n < to; n++) {
                sent.add(producer.send(record(n)));
            }
            sent.forEach(Lab::await);
        }
    }

    /** Sends without waiting; a failure fails the flush or the transaction. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    ProducerRecord<byte[], byte[]> record(long n) {
        return new ProducerRecord<>(
                topic,
                (int) (n % partitions),
                bytes("key-" + n),
                bytes("{\"n\":" + n + ",\"pad\":\"" + "x".repeat(60) + "\"}"));
    }

    /** What a path of a daemon answers with 200; empty if it answers otherwise, or not. */
    Optional<String> health(JavaProcess process, String path) {
        return ask(process, path)
                .filter(response -> response.statusCode() == 200)
                .map(HttpResponse::body);
    }

    /** Why a daemon says that it is not ready; empty if it is, or does not answer. */
    Optional<String> complaint(JavaProcess process) {
        return ask(process, "/ready")
                .filter(response -> response.statusCode() == 503)
                .map(HttpResponse::body);
    }

    private Optional<HttpResponse<String>> ask(JavaProcess process, String path) {
        String line = process.awaitStderr(text -> text.contains("healthPort="), Duration.ofSeconds(30));
        Matcher port = HEALTH.matcher(line);
        if (!port.matches()) {
            throw new AssertionError(line);
        }
        try {
            return Optional.of(HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()));
        } catch (IOException gone) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        started.forEach(JavaProcess::close);
        admin.close();
        s3.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }
}
