package io.tributary.consumer.kafka;

import io.tributary.daemon.Failures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask the poll thread to do. Any thread posts; only the poll thread runs. A failure posted by any
 * thread is thrown at the poll thread, which ends the program.
 */
final class Mailbox {
    private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private @Nullable RuntimeException postponed;

    /** A thread other than the poll thread met what cannot pass. */
    static final class WorkerFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private WorkerFailedException(Throwable cause) {
            super(cause);
        }
    }

    void post(Runnable message) {
        messages.add(message);
    }

    /** Ends the program. The first failure counts. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        messages.add(() -> {});
    }

    /** What ends the program, on one line, once a worker met it. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.get()).map(Failures::oneLine);
    }

    /**
     * Has the next run throw this, as it is. For the poll thread where it must not throw itself: what is thrown within
     * a rebalance, Kafka's client throws on as a failure of its own. The first failure counts.
     */
    void throwLater(RuntimeException cause) {
        if (postponed == null) {
            postponed = cause;
        }
    }

    /** Runs what is there. */
    void runAll() {
        for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
            message.run();
        }
        throwFailure();
    }

    /** Runs what is there; if nothing is, waits for the next message. */
    void runOrWait(Duration atMost) throws InterruptedException {
        Runnable message = messages.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (message != null) {
            message.run();
        }
        runAll();
    }

    private void throwFailure() {
        Throwable cause = failure.get();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause != null) {
            throw new WorkerFailedException(cause);
        }
        RuntimeException own = postponed;
        if (own != null) {
            postponed = null;
            throw own;
        }
    }
}
