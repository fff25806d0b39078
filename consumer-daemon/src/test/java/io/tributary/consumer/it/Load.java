package io.tributary.consumer.it;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Produces without end, until closed, on a thread of its own. */
final class Load implements AutoCloseable {
    private static final int BATCH = 500;

    private final Lab lab;
    private final Thread thread;
    private final AtomicLong produced = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean(true);

    /** Starts producing, some of it in transactions that are aborted, at about {@code perSecond}. */
    Load(Lab lab, int perSecond) {
        this.lab = lab;
        thread = new Thread(() -> produce(perSecond), "load");
        thread.start();
    }

    /** How many records were committed so far. */
    long produced() {
        return produced.get();
    }

    /** Stops, and tells how many records were committed in all: numbers 0 to that, in order. */
    long stop() {
        running.set(false);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!lab.failures.isEmpty()) {
            throw new AssertionError(lab.failures.get(0));
        }
        return produced.get();
    }

    /** The numbers that belong to a partition. */
    List<Long> expected(int partition) {
        return LongStream.range(0, produced.get())
                .filter(n -> n % lab.partitions == partition)
                .boxed()
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        running.set(false);
    }

    private void produce(int perSecond) {
        try (KafkaProducer<byte[], byte[]> producer =
                lab.producer(Map.of("transactional.id", lab.topic, "transaction.timeout.ms", 60_000))) {
            producer.initTransactions();
            for (int round = 0; running.get(); round++) {
                producer.beginTransaction();
                long from = produced.get();
                for (long n = from; n < from + BATCH; n++) {
                    lab.send(producer, lab.record(n));
                }
                if (round % 7 == 3) {
                    producer.abortTransaction();
                    lab.failures.clear();
                } else {
                    producer.commitTransaction();
                    produced.addAndGet(BATCH);
                }
                TimeUnit.MILLISECONDS.sleep(BATCH * 1000L / perSecond);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
