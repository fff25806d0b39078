package io.tributary.producer;

import io.tributary.daemon.Pulse;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.Yield;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source ahead, on a thread of its own, so that parsing and sending go on side by side. Holds a bounded number of
 * chunks. The source belongs to that thread until {@link #close} returns.
 */
final class Prefetch implements AutoCloseable {
    private static final int CHUNKS = 12;
    private static final Duration OFFER = Duration.ofMillis(100);
    private static final Duration PARTING = Duration.ofSeconds(1);

    private final Source source;
    private final StopSignal stop;
    private final Pulse pulse;
    private final BlockingQueue<Fetched> queue = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread thread;
    private volatile boolean closed;

    /** What came out of the source: something, or a failure. */
    private record Fetched(@Nullable Yield yield, @Nullable Throwable failure) {}

    private Prefetch(Source source, String name, StopSignal stop, Pulse pulse) {
        this.source = source;
        this.stop = stop;
        this.pulse = pulse;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /**
     * Begins to read.
     *
     * @param pulse beaten by the thread that reads
     */
    static Prefetch start(Source source, String name, StopSignal stop, Pulse pulse) {
        Prefetch prefetch = new Prefetch(source, name, stop, pulse);
        prefetch.thread.start();
        return prefetch;
    }

    /** What comes next, or null if nothing has come in this time. After a failure or the end nothing comes any more. */
    @Nullable Yield poll(Duration longest) throws SourceException {
        Fetched fetched;
        try {
            fetched = queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException wokenEarly) {
            Thread.currentThread().interrupt();
            return null;
        }
        if (fetched == null) {
            return null;
        }
        Throwable failure = fetched.failure();
        if (failure instanceof SourceException known) {
            throw known;
        }
        if (failure != null) {
            throw new IllegalStateException("reading the source failed", failure);
        }
        return fetched.yield();
    }

    private void run() {
        try {
            read();
        } finally {
            pulse.rest();
        }
    }

    private void read() {
        while (!closed) {
            pulse.beat(Vitals.ELSEWHERE);
            Fetched fetched;
            try {
                fetched = new Fetched(source.next(), null);
            } catch (SourceException | RuntimeException | Error failure) {
                // Whatever it is, the publisher waits for it.
                fetched = new Fetched(null, failure);
            }
            put(fetched);
            if (fetched.failure() != null || fetched.yield() instanceof Yield.End) {
                return;
            }
        }
    }

    private void put(Fetched fetched) {
        try {
            while (!closed && !queue.offer(fetched, OFFER.toNanos(), TimeUnit.NANOSECONDS)) {
                // The publisher is slower; ask again whether anybody still wants it.
                pulse.beat(Vitals.OWN);
            }
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends reading. Returns when the thread has let go of the source; of one that blocks only if nothing will follow. */
    @Override
    public void close() {
        closed = true;
        try {
            while (thread.isAlive() && !stop.isStopped()) {
                thread.join(OFFER.toMillis());
            }
            thread.join(PARTING.toMillis());
        } catch (InterruptedException wokenEarly) {
            Thread.currentThread().interrupt();
        }
    }
}
