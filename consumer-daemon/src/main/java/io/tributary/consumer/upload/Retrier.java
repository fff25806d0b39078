package io.tributary.consumer.upload;

import io.tributary.consumer.store.StoreException;
import io.tributary.daemon.Backoff;
import io.tributary.daemon.Failures;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of threads that try an operation until its answer is known, for as long as it takes. No thread waits
 * between tries. Safe for many threads; an operation that throws anything but what may pass ends the program.
 */
public final class Retrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retrier.class);
    /** Every failure counts, but not every one is worth a line. */
    private static final int LOGGED_EVERY = 20;

    private final ScheduledThreadPoolExecutor pool;
    private final Backoff backoff;
    private final UploadHealth health;
    private final Runnable retried;
    private final Consumer<Throwable> failed;

    /** One try of an operation. */
    @FunctionalInterface
    public interface Attempt {
        /** Does it, and hands on its answer. */
        void run() throws StoreException, ClusterSilentException;
    }

    /**
     * Starts a pool.
     *
     * @param threads how many operations run at once
     * @param health  told of what fails
     * @param retried called at each failure that is tried again
     * @param failed  told of what cannot pass, by the thread that met it
     */
    public Retrier(int threads, Backoff backoff, UploadHealth health, Runnable retried, Consumer<Throwable> failed) {
        AtomicInteger number = new AtomicInteger();
        pool = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, "store-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
        this.backoff = backoff;
        this.health = health;
        this.retried = retried;
        this.failed = failed;
    }

    /**
     * Tries until it succeeds.
     *
     * @param operation names it in logs and in the health
     * @param wanted    asked before each try; false ends it
     */
    public void untilDone(Object operation, BooleanSupplier wanted, Attempt attempt) {
        submit(operation, wanted, attempt, 0);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // run() passes on whatever is thrown
    private void submit(Object operation, BooleanSupplier wanted, Attempt attempt, int failures) {
        long delay = failures == 0
                ? 0
                : backoff.delay(failures, ThreadLocalRandom.current()).toMillis();
        try {
            pool.schedule(() -> run(operation, wanted, attempt, failures), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            health.settled(operation);
        }
    }

    // The pool would swallow what a task throws: every Throwable must be passed on by hand.
    private void run(Object operation, BooleanSupplier wanted, Attempt attempt, int failures) {
        try {
            if (!wanted.getAsBoolean()) {
                health.settled(operation);
                return;
            }
            attempt.run();
            health.settled(operation);
            if (failures > 0) {
                LOG.atInfo()
                        .addKeyValue("operation", operation)
                        .addKeyValue("failures", failures)
                        .log("succeeded at last");
            }
        } catch (StoreException | ClusterSilentException passing) {
            if (pool.isShutdown()) {
                return;
            }
            String reason = Failures.oneLine(passing);
            health.failing(operation, reason);
            retried.run();
            if (failures % LOGGED_EVERY == 0) {
                LOG.atWarn()
                        .addKeyValue("operation", operation)
                        .addKeyValue("failures", failures + 1)
                        .addKeyValue("reason", reason)
                        .log("failed; trying again");
            }
            submit(operation, wanted, attempt, failures + 1);
        } catch (Throwable death) {
            if (!pool.isShutdown()) {
                failed.accept(death);
            }
        }
    }
}
