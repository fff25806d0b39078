package io.tributary.benchmarks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The least that a program could do: poll, gzip the values on some threads, put, commit. No envelope, no validation, no
 * digest, no care for anything that goes wrong. What it reaches is the machine's limit. The main thread polls.
 */
public final class BareLoop {
    private final S3Client s3;
    private final String bucket;
    private final int perObject;
    private final ConcurrentMap<TopicPartition, OffsetAndMetadata> stored = new ConcurrentHashMap<>();
    private final ConcurrentMap<TopicPartition, Open> open = new ConcurrentHashMap<>();

    /** An object that is being filled; belongs to the thread of its partition. */
    private static final class Open {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        final OutputStream lines;
        int records;
        long next;

        Open(int level) {
            try {
                lines = new BufferedOutputStream(
                        new GZIPOutputStream(bytes, 1 << 16) {
                            {
                                def.setLevel(level);
                            }
                        },
                        1 << 16);
            } catch (IOException cannotHappenInMemory) {
                throw new UncheckedIOException(cannotHappenInMemory);
            }
        }
    }

    private BareLoop(S3Client s3, String bucket, int perObject) {
        this.s3 = s3;
        this.bucket = bucket;
        this.perObject = perObject;
    }

    /** Arguments: brokers, topic, group, S3 endpoint, bucket, records in all, records per object, threads, level. */
    public static void main(String[] args) throws Exception {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                args[0],
                "group.id",
                args[2],
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                8000,
                "receive.buffer.bytes",
                1 << 20);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                S3Client s3 = LocalS3.client(URI.create(args[3]))) {
            consumer.subscribe(List.of(args[1]));
            new BareLoop(s3, args[4], Integer.parseInt(args[6]))
                    .run(consumer, Long.parseLong(args[5]), Integer.parseInt(args[7]), Integer.parseInt(args[8]));
        }
    }

    private void run(KafkaConsumer<byte[], byte[]> consumer, long total, int threads, int level) throws Exception {
        List<ExecutorService> workers = IntStream.range(0, threads)
                .<ExecutorService>mapToObj(index ->
                        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(8), (task, pool) -> {
                            try {
                                pool.getQueue().put(task);
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        }))
                .toList();
        long read = 0;
        while (read < total) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
            if (read == 0 && !records.isEmpty()) {
                System.out.println("first fetch");
            }
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
                read += batch.size();
                workers.get(partition.partition() % threads).execute(() -> add(partition, batch, level));
            }
            consumer.commitAsync(Map.copyOf(stored), null);
        }
        for (ExecutorService worker : workers) {
            worker.shutdown();
            if (!worker.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a worker does not end");
            }
        }
        open.forEach(this::put);
        consumer.commitSync(Map.copyOf(stored));
        System.out.println("last commit");
    }

    private void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch, int level) {
        try {
            Open object = null;
            for (ConsumerRecord<byte[], byte[]> polled : batch) {
                if (object == null) {
                    object = open.computeIfAbsent(partition, absent -> new Open(level));
                }
                object.lines.write(polled.value());
                object.lines.write('\n');
                object.next = polled.offset() + 1;
                if (++object.records == perObject) {
                    open.remove(partition);
                    put(partition, object);
                    object = null;
                }
            }
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
    }

    private void put(TopicPartition partition, Open object) {
        try {
            object.lines.close();
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
        s3.putObject(
                put -> put.bucket(bucket).key("bare/" + partition + "/" + object.next),
                RequestBody.fromBytes(object.bytes.toByteArray()));
        stored.put(partition, new OffsetAndMetadata(object.next));
    }
}
