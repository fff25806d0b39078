package io.tributary.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes to {@code visits} itself, in transactions, as a program of someone else would: numbered records of a few keys,
 * a third of them tombstones. Each is published once, whatever becomes of the brokers. Its own thread writes; any thread
 * asks.
 */
final class Visits implements AutoCloseable {
    static final String TOPIC = "visits";
    /** The header that holds a record's number: a tombstone has no value for it. */
    static final String NUMBER = "n";

    private static final int KEYS = 97;
    private static final long EVERY_MILLIS = 60;
    private static final int AT_A_TIME = 6;
    private static final int MOST_ASKED = 2_000;
    private static final int TOMBSTONE_EACH = 3;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Object> settings;
    private final ScheduledFuture<?> task;
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();
    /** Whether all of a transaction was acknowledged, so that it is to be committed and nothing else. */
    private boolean committing;

    private final AtomicLong committed = new AtomicLong();
    private volatile boolean on;

    Visits(String servers) {
        settings = Map.of(
                "bootstrap.servers", servers,
                "transactional.id", "visits-of-the-load",
                "transaction.timeout.ms", "120000",
                "delivery.timeout.ms", "60000",
                "request.timeout.ms", "5000",
                "max.block.ms", "10000");
        task = thread.scheduleWithFixedDelay(this::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static String key(long n) {
        return "v" + n * 31 % KEYS;
    }

    static boolean isTombstone(long n) {
        return n % TOMBSTONE_EACH == 0;
    }

    void on() {
        on = true;
    }

    /** Stops; returns when no transaction is open. Fails if writing had ended by itself. */
    void off() {
        on = false;
        try {
            for (int asked = 0; asked < MOST_ASKED; asked++) {
                if (task.isDone()) {
                    task.get();
                }
                boolean open = thread.schedule(() -> committing, EVERY_MILLIS, TimeUnit.MILLISECONDS)
                        .get(2, TimeUnit.MINUTES);
                if (!open) {
                    return;
                }
            }
            throw new AssertionError("a transaction of visits is still open");
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("visits cannot be published", failed);
        }
    }

    /** How many records are committed: those below this number. */
    long count() {
        return committed.get();
    }

    private void tick() {
        if (committing) {
            commit();
        } else if (on && sent()) {
            committing = true;
            commit();
        }
    }

    /** Sends the next records in a transaction; one of which not all arrive is given up, and they are sent again. */
    private boolean sent() {
        try {
            KafkaProducer<byte[], byte[]> open = open();
            open.beginTransaction();
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (int one = 0; one < AT_A_TIME; one++) {
                answers.add(open.send(record(committed.get() + one)));
            }
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
            }
            return true;
        } catch (KafkaException | ExecutionException brokersAway) {
            abandon();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Any error but a late answer would leave it open whether the records are there: then the load is no oracle any more. */
    private void commit() {
        try {
            producer.orElseThrow().commitTransaction();
            committed.addAndGet(AT_A_TIME);
            committing = false;
        } catch (org.apache.kafka.common.errors.TimeoutException late) {
            // Asked again soon: the same transaction.
        }
    }

    private KafkaProducer<byte[], byte[]> open() {
        if (producer.isEmpty()) {
            KafkaProducer<byte[], byte[]> opened =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = Optional.of(opened);
            opened.initTransactions();
        }
        return producer.get();
    }

    /** The next one fences this one, and so aborts what it had begun. */
    private void abandon() {
        producer.ifPresent(old -> old.close(Duration.ZERO));
        producer = Optional.empty();
    }

    private static ProducerRecord<byte[], byte[]> record(long n) {
        String value = "{\"n\":" + n + ",\"page\":\"p" + n % 13 + "\"}";
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(TOPIC, bytes(key(n)), isTombstone(n) ? null : bytes(value));
        record.headers().add(NUMBER, bytes(Long.toString(n)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        on = false;
        thread.shutdownNow();
        abandon();
    }
}
