package io.tributary.consumer.it;

import io.tributary.daemon.MonotonicClock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Produces so many records a second, no matter what else happens, on a thread of its own; until closed. */
final class SteadyLoad implements AutoCloseable {
    private static final long TICK_MILLIS = 20;
    private static final long MILLIS = 1000;

    private final Lab lab;
    private final int perSecond;
    private final Thread thread;
    private final MonotonicClock clock = MonotonicClock.system();
    private final AtomicLong produced = new AtomicLong();
    private volatile boolean running = true;

    SteadyLoad(Lab lab, int perSecond) {
        this.lab = lab;
        this.perSecond = perSecond;
        thread = new Thread(this::produce, "steady-load");
        thread.start();
    }

    /** How many records it has produced so far. */
    long produced() {
        return produced.get();
    }

    /** Stops, and returns when all is in the topic. */
    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!lab.failures.isEmpty()) {
            throw new AssertionError(lab.failures.get(0));
        }
    }

    private void produce() {
        try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of("linger.ms", 20))) {
            long began = clock.millis();
            while (running) {
                long due = (clock.millis() - began) * perSecond / MILLIS;
                for (long n = produced.get(); n < due; n++) {
                    lab.send(producer, lab.record(n));
                }
                produced.set(Math.max(due, produced.get()));
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
