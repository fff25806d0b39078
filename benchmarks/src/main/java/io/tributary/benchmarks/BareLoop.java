package io.tributary.benchmarks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The least that could do the consumer's job: poll, gzip on two threads, put, commit. No envelope, no validation, no
 * promise. What it reaches is the machine's limit for the JDK's gzip.
 */
public final class BareLoop {
    private BareLoop() {}

    /** Arguments: bootstrap servers, topic, records in all, records in an object, S3 URL, access key, secret, bucket, gzip level. */
    public static void main(String[] arguments) throws Exception {
        long remaining = Long.parseLong(arguments[2]);
        int rotate = Integer.parseInt(arguments[3]);
        int level = Integer.parseInt(arguments[8]);
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                arguments[0],
                "group.id",
                "bare-" + arguments[7],
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                10_000,
                "max.partition.fetch.bytes",
                4 << 20));
        ExecutorService[] compressors = {Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor()};
        try (S3Client s3 = S3Client.builder()
                        .endpointOverride(URI.create(arguments[4]))
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(arguments[5], arguments[6])))
                        .build();
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            Map<TopicPartition, Gathered> open = new HashMap<>();
            List<CompletableFuture<Gathered>> puts = new ArrayList<>();
            boolean first = true;
            while (remaining > 0) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    if (first) {
                        System.out.println("first fetch");
                        first = false;
                    }
                    TopicPartition partition = new TopicPartition(each.topic(), each.partition());
                    Gathered gathered =
                            open.computeIfAbsent(partition, key -> new Gathered(key, each.offset(), new ArrayList<>()));
                    gathered.values.add(each.value());
                    remaining--;
                    if (gathered.values.size() == rotate || remaining == 0) {
                        open.remove(partition);
                        ExecutorService thread = compressors[partition.partition() % compressors.length];
                        puts.add(CompletableFuture.supplyAsync(() -> gathered.put(s3, arguments[7], level), thread));
                        while (puts.size() > 4 || (remaining == 0 && !puts.isEmpty())) {
                            Gathered done = puts.remove(0).get();
                            consumer.commitSync(
                                    Map.of(done.partition, new OffsetAndMetadata(done.from + done.values.size())));
                        }
                    }
                }
            }
            System.out.println("last commit");
        } finally {
            for (ExecutorService thread : compressors) {
                thread.shutdown();
            }
        }
    }

    private record Gathered(TopicPartition partition, long from, List<byte[]> values) {
        Gathered put(S3Client s3, String bucket, int level) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 << 20);
            try (OutputStream out = new BufferedOutputStream(new LevelledGzip(bytes, level), 65_536)) {
                for (byte[] value : values) {
                    out.write(value);
                    out.write('\n');
                }
            } catch (IOException cannotHappenInMemory) {
                throw new IllegalStateException(cannotHappenInMemory);
            }
            String key = "bare/" + partition + "/" + from + ".jsonl.gz";
            s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(bytes.toByteArray()));
            return this;
        }
    }

    private static final class LevelledGzip extends GZIPOutputStream {
        LevelledGzip(OutputStream out, int level) throws IOException {
            super(out, 65_536);
            def.setLevel(level);
        }
    }
}
