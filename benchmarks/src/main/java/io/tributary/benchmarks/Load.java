package io.tributary.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a topic with JSON lines of about 350 bytes, each with its number, the same for the same seed. */
final class Load {
    private static final int TEMPLATES = 4096;
    private static final int LINE_BYTES = 358;

    private Load() {}

    static void fill(String bootstrap, String topic, int partitions, int recordsPerPartition)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
        byte[][] tails = tails();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap, "compression.type", "lz4", "linger.ms", "5", "batch.size", 131_072);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<?> last = CompletableFuture.completedFuture(null);
            for (int sequence = 0; sequence < partitions * recordsPerPartition; sequence++) {
                last = producer.send(
                        new ProducerRecord<>(
                                topic,
                                sequence % partitions,
                                ("key-" + sequence).getBytes(StandardCharsets.US_ASCII),
                                line(sequence, tails[sequence % TEMPLATES])),
                        (metadata, problem) -> failure.compareAndSet(null, problem));
            }
            producer.flush();
            last.get();
        }
        if (failure.get() != null) {
            throw new ExecutionException(failure.get());
        }
    }

    private static byte[] line(int sequence, byte[] tail) {
        byte[] head = ("{\"seq\":" + sequence).getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[head.length + tail.length];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(tail, 0, line, head.length, tail.length);
        return line;
    }

    private static byte[][] tails() {
        Random random = new Random(42);
        byte[][] tails = new byte[TEMPLATES][];
        for (int index = 0; index < TEMPLATES; index++) {
            StringBuilder text = new StringBuilder(LINE_BYTES)
                    .append(",\"user\":\"user-")
                    .append(random.nextInt(100_000))
                    .append("\",\"url\":\"https://example.org/")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\",\"status\":")
                    .append(random.nextInt(600))
                    .append(",\"latency\":")
                    .append(random.nextInt(100_000) / 100.0)
                    .append(",\"tags\":[\"a\",\"b\"],\"agent\":\"Mozilla/5.0 (X11; Linux x86_64)\",\"text\":\"");
            String[] words = {"river", "water", "stone", "north", "record", "stream", "delta", "basin"};
            while (text.length() < LINE_BYTES - 14) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            tails[index] = text.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
        }
        return tails;
    }
}
