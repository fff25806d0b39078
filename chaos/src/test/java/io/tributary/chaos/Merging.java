package io.tributary.chaos;

import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.client.MergeService;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Merges again and again on a thread of its own, whatever becomes of it. Safe for many threads. */
final class Merging implements AutoCloseable {
    private static final long EVERY_MILLIS = 700;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ReentrantLock busy = new ReentrantLock();
    private final MergeService merge;
    private final ScheduledFuture<?> task;
    private volatile boolean on;
    private volatile String failure = "none";

    Merging(MergeService merge) {
        this.merge = merge;
        task = thread.scheduleWithFixedDelay(this::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins or ceases. Fails if it had ended by itself. */
    void on(boolean wanted) {
        if (task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException | ExecutionException failed) {
                throw new AssertionError("nobody merges any more", failed);
            }
        }
        on = wanted;
    }

    /** The last failure, for people. */
    String failure() {
        return failure;
    }

    /** Merges now, alone. */
    long now() throws IOException, CommandFailure {
        busy.lock();
        try {
            return merge.merge();
        } catch (IOException | CommandFailure failed) {
            failure = failed.toString();
            throw failed;
        } finally {
            busy.unlock();
        }
    }

    private void tick() {
        if (on) {
            try {
                now();
            } catch (IOException | CommandFailure killedMeanwhile) {
                // Asked again soon.
            }
        }
    }

    @Override
    public void close() {
        on = false;
        thread.shutdownNow();
    }
}
