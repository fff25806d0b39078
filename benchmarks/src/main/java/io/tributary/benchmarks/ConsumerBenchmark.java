package io.tributary.benchmarks;

import io.tributary.daemon.MonotonicClock;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.KafkaProcess;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.S3Process;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The consumer beside {@link BareLoop}: the same topic, broker, S3 server, gzip level and heap, in turn, each run in a
 * bucket of its own, from the first fetch to the last object. Every sequence number is read back and must be there once.
 * Arguments: rounds, objects for each partition (7 is 4 million records), gzip level.
 */
public final class ConsumerBenchmark {
    private static final MonotonicClock CLOCK = MonotonicClock.system();
    private static final int PARTITIONS = 6;
    private static final int ROTATE = 95_238;
    private static final String TOPIC = "bench";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Pattern SEQUENCE = Pattern.compile("\"seq\":([0-9]+)");
    private static final Pattern CONSUMED =
            Pattern.compile("(?m)^tributary_consumer_records_total(?:\\{[^}]*})? ([0-9]+)");

    private final KafkaProcess kafka;
    private final S3Process s3;
    private final S3Client client;
    private final Path scratch;
    private final int objects;
    private final int level;

    private ConsumerBenchmark(KafkaProcess kafka, S3Process s3, S3Client client, Path scratch, int objects, int level) {
        this.kafka = kafka;
        this.s3 = s3;
        this.client = client;
        this.scratch = scratch;
        this.objects = objects;
        this.level = level;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int perPartition = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        int level = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        Path scratch = Files.createTempDirectory("consumer-benchmark");
        try (KafkaProcess kafka = KafkaProcess.start(scratch.resolve("kafka"));
                S3Process s3 = S3Process.start(scratch.resolve("s3"));
                S3Client client = S3Client.builder()
                        .endpointOverride(s3.endpoint())
                        .region(Region.of(S3Process.REGION))
                        .forcePathStyle(true)
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(S3Process.ACCESS_KEY, S3Process.SECRET_KEY)))
                        .build()) {
            ConsumerBenchmark benchmark =
                    new ConsumerBenchmark(kafka, s3, client, scratch, PARTITIONS * perPartition, level);
            System.out.printf(Locale.ROOT, "loading %,d records%n", benchmark.records());
            Load.fill(kafka.bootstrapServers(), TOPIC, PARTITIONS, ROTATE * perPartition);
            benchmark.run(rounds);
        }
    }

    private long records() {
        return (long) ROTATE * objects;
    }

    private void run(int rounds) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Measured bare = bare("bare-" + round);
            System.out.println("bare loop  " + bare.describe(records()));
            Measured ours = consumer("consumer-" + round);
            System.out.println("consumer   " + ours.describe(records()));
            ratios.add(bare.seconds() / ours.seconds());
            System.out.printf(
                    Locale.ROOT,
                    "ratio      %.2f x the bare loop's rate, %.2f x its CPU%n",
                    bare.seconds() / ours.seconds(),
                    ours.cpuSeconds() / bare.cpuSeconds());
        }
        ratios.sort(null);
        System.out.printf(Locale.ROOT, "median ratio %.2f of %d rounds%n", ratios.get(ratios.size() / 2), rounds);
    }

    private Measured bare(String bucket) throws Exception {
        client.createBucket(request -> request.bucket(bucket));
        String classPath = System.getProperty("java.class.path");
        try (JavaProcess process = JavaCommand.mainClass(classPath, BareLoop.class.getName())
                .jvm("-Xmx1g")
                .arguments(
                        kafka.bootstrapServers(),
                        TOPIC,
                        Long.toString(records()),
                        Integer.toString(ROTATE),
                        s3.endpoint().toString(),
                        S3Process.ACCESS_KEY,
                        S3Process.SECRET_KEY,
                        bucket,
                        Integer.toString(level))
                .start()) {
            process.awaitStdout("first fetch"::equals, TIMEOUT);
            return measure(process, bucket);
        }
    }

    private Measured consumer(String bucket) throws Exception {
        client.createBucket(request -> request.bucket(bucket));
        Path config = Files.writeString(scratch.resolve(bucket + ".conf"), """
                topics = [%s]
                kafka { bootstrap-servers = ["%s"], group = %s, instance-id = %s }
                s3 { endpoint = "%s", region = %s, path-style = true, access-key = %s, secret-key = %s }
                staging { bucket = %s, level = %d }
                roll { max-records = %d, max-age = 5m, max-bytes = 1GiB }
                memory.max-buffered = 512MiB
                health.port = 0
                """.formatted(
                        TOPIC,
                        kafka.bootstrapServers(),
                        bucket,
                        bucket,
                        s3.endpoint(),
                        S3Process.REGION,
                        S3Process.ACCESS_KEY,
                        S3Process.SECRET_KEY,
                        bucket,
                        level,
                        ROTATE));
        Path jar = ProjectRoot.path().resolve("consumer-daemon/target/consumer-daemon.jar");
        try (JavaProcess process = JavaCommand.jar(jar)
                .jvm("-Xmx1g")
                .arguments("--config", config.toString())
                .start()) {
            await("the consumer to serve its metrics", () -> !process.isAlive() || healthPort(process) > 0);
            int port = healthPort(process);
            await("the first fetch", () -> !process.isAlive() || consumed(port) > 0);
            return measure(process, bucket);
        }
    }

    private Measured measure(JavaProcess process, String bucket) throws Exception {
        long start = CLOCK.nanos();
        await(
                "all objects of " + bucket + "; " + process.stderr(),
                () -> client.listObjectsV2(list -> list.bucket(bucket)).keyCount() >= objects);
        double seconds = (CLOCK.nanos() - start) / 1e9;
        ProcessUsage usage = ProcessUsage.of(process.pid());
        verify(bucket);
        return new Measured(seconds, usage.cpuSeconds(), usage.peakMiB());
    }

    /** The port that the program says it serves on; 0 while it has not said so. */
    private static int healthPort(JavaProcess process) {
        Pattern port = Pattern.compile("health.*port=\"?([0-9]+)");
        return java.util.stream.Stream.concat(process.stdout().stream(), process.stderr().stream())
                .map(port::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElse(0);
    }

    private static long consumed(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try {
            String text = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            return CONSUMED.matcher(text)
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private void verify(String bucket) throws IOException {
        BitSet seen = new BitSet();
        for (S3Object object : client.listObjectsV2(list -> list.bucket(bucket)).contents()) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(
                            new BufferedInputStream(
                                    client.getObject(get -> get.bucket(bucket).key(object.key()))),
                            65_536),
                    StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher matcher = SEQUENCE.matcher(line);
                    if (!matcher.find()) {
                        throw new IllegalStateException(object.key() + ": a line has no sequence number");
                    }
                    int sequence = Integer.parseInt(matcher.group(1));
                    if (seen.get(sequence)) {
                        throw new IllegalStateException(object.key() + ": record " + sequence + " is there twice");
                    }
                    seen.set(sequence);
                }
            }
        }
        if (seen.cardinality() != records()) {
            throw new IllegalStateException(bucket + ": " + seen.cardinality() + " of " + records() + " records");
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = CLOCK.nanos() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (CLOCK.nanos() > deadline) {
                throw new IllegalStateException("waited " + TIMEOUT + " for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
