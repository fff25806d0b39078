package io.tributary.benchmarks;

import io.tributary.testing.Folders;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.KafkaProcess;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.S3Process;
import io.tributary.testing.UniqueName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The consumer daemon beside the bare loop: the same records, one after the other, several times. Wall time is from the
 * first fetch to the last commit, or to the last link.
 */
public final class ConsumerBenchmark {
    private static final int PARTITIONS = 6;
    private static final int OBJECTS = 7;
    private static final int THREADS = 2;
    private static final int LEVEL = 1;
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Pattern STAGED = Pattern.compile("(?m)^tributary_consumer_records_staged_total (\\d+)$");
    private static final Pattern PORT = Pattern.compile(".*healthPort=\"?(\\d+).*");

    private final KafkaProcess kafka;
    private final S3Process s3;
    private final Path directory;
    private final long records;
    private final String topic = UniqueName.of("rows");
    private final String bucket = UniqueName.of("bench");

    private record Run(double perSecond, double cpuSecondsPerMillion) {}

    private ConsumerBenchmark(KafkaProcess kafka, S3Process s3, Path directory, long records) {
        this.kafka = kafka;
        this.s3 = s3;
        this.directory = directory;
        this.records = records;
    }

    /** Arguments: how many records (4000000), how many runs (3), more options of the daemon's JVM. */
    public static void main(String[] args) throws Exception {
        long wanted = args.length > 0 ? Long.parseLong(args[0]) : 4_000_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String[] jvm = args.length > 2 ? args[2].split(" ", -1) : new String[0];
        // Whole objects only, so that neither waits for the age of its last one.
        long records = wanted / (PARTITIONS * OBJECTS) * (PARTITIONS * OBJECTS);
        Path target = Files.createDirectories(ProjectRoot.path().resolve("benchmarks/target"));
        Path directory = Files.createTempDirectory(target, "bench");
        try (KafkaProcess kafka = KafkaProcess.start(directory.resolve("kafka"));
                S3Process s3 = S3Process.start(directory.resolve("s3"))) {
            new ConsumerBenchmark(kafka, s3, directory, records).run(runs, jvm);
        }
        // Gigabytes of the servers' data; what a run that failed leaves is there to be looked at.
        Folders.delete(directory);
    }

    private void run(int runs, String[] jvm) throws Exception {
        load();
        List<Run> bare = new ArrayList<>();
        List<Run> daemon = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            bare.add(report("bare", bare()));
            daemon.add(report("consumer-daemon", daemon(run, jvm)));
        }
        double limit = median(bare);
        double reached = median(daemon);
        print(
                "medians of %d: bare %,.0f records/s, consumer-daemon %,.0f records/s: %.2f x",
                runs, limit, reached, reached / limit);
    }

    private void load() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                S3Client client = LocalS3.client(s3.endpoint())) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            // Until the leaders serve, an idempotent producer may run into errors that it repeats for ever.
            admin.listOffsets(IntStream.range(0, PARTITIONS)
                            .boxed()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition),
                                    partition -> OffsetSpec.earliest())))
                    .all()
                    .get();
            client.createBucket(create -> create.bucket(bucket));
        }
        JsonRows rows = new JsonRows();
        List<Exception> failures = new ArrayList<>();
        long bytes = 0;
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "compression.type",
                "lz4",
                "batch.size",
                1 << 17,
                "linger.ms",
                20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long sequence = 0; sequence < records; sequence++) {
                byte[] row = rows.row(sequence);
                bytes += row.length;
                send(producer, new ProducerRecord<>(topic, (int) (sequence % PARTITIONS), null, row), failures);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        print("%,d records of %d bytes in %d partitions", records, bytes / records, PARTITIONS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    private static void send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> row, List<Exception> failures) {
        producer.send(row, (metadata, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    private Run bare() {
        JavaCommand command = JavaCommand.mainClass(System.getProperty("java.class.path"), BareLoop.class.getName())
                .jvm("-Xmx1g")
                .arguments(
                        kafka.bootstrapServers(),
                        topic,
                        UniqueName.of("bare"),
                        s3.endpoint().toString(),
                        bucket)
                .arguments(Long.toString(records), Long.toString(records / PARTITIONS / OBJECTS))
                .arguments(Integer.toString(THREADS), Integer.toString(LEVEL));
        try (JavaProcess process = command.start()) {
            process.awaitStdout(line -> line.equals("first fetch"), DEADLINE);
            Stopwatch wall = new Stopwatch();
            process.awaitStdout(line -> line.equals("last commit"), DEADLINE);
            return result(wall, process);
        }
    }

    private Run daemon(int number, String[] jvm) throws Exception {
        Path config = Files.writeString(directory.resolve("consumer-" + number + ".conf"), """
                topics = ["%s"]
                kafka { bootstrap-servers = ["%s"], group = "%s", instance-id = bench }
                s3 { region = %s, endpoint = "%s", path-style = true, access-key = %s, secret-key = %s }
                staging { bucket = %s, prefix = run-%d, compression = gzip, level = %d, encoders = %d }
                roll { max-records = %d, max-bytes = 1GiB, max-age = 10m }
                """.formatted(
                        topic,
                        kafka.bootstrapServers(),
                        UniqueName.of("daemon"),
                        S3Process.REGION,
                        s3.endpoint(),
                        S3Process.ACCESS_KEY,
                        S3Process.SECRET_KEY,
                        bucket,
                        number,
                        LEVEL,
                        THREADS,
                        records / PARTITIONS / OBJECTS));
        JavaCommand command = JavaCommand.jar(ProjectRoot.path().resolve("consumer-daemon/target/consumer-daemon.jar"))
                .jvm("-Xmx1g")
                .jvm(jvm)
                .arguments("--config", config.toString());
        try (JavaProcess process = command.start()) {
            Matcher port = PORT.matcher(process.awaitStderr(line -> line.contains("healthPort="), DEADLINE));
            if (!port.matches()) {
                throw new IllegalStateException("no health port in " + process.stderr());
            }
            process.awaitStderr(line -> line.contains(" reading "), DEADLINE);
            Stopwatch wall = new Stopwatch();
            URI metrics = URI.create("http://127.0.0.1:" + port.group(1) + "/metrics");
            while (staged(metrics) < records) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return result(wall, process);
        }
    }

    private static long staged(URI metrics) throws Exception {
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher matcher = STAGED.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private Run result(Stopwatch wall, JavaProcess process) {
        double seconds = wall.seconds();
        double cpu = ProcessHandle.of(process.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
        return new Run(records / seconds, cpu * 1_000_000 / records);
    }

    private static Run report(String name, Run run) {
        print(
                "%-16s %,9.0f records/s, %.2f CPU s per 1M with start-up",
                name, run.perSecond(), run.cpuSecondsPerMillion());
        return run;
    }

    private static double median(List<Run> runs) {
        double[] sorted = runs.stream().mapToDouble(Run::perSecond).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
