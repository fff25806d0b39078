package io.tributary.sandbox.cli.pipeline;

import io.tributary.daemon.Failures;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.Patience;
import io.tributary.sandbox.cli.process.Supervisor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Calls the merge process until it answers: it, or what it needs, may be killed and come back meanwhile, and asking
 * again is safe. Used by the command's thread; the call itself runs on another, one at a time, and meanwhile all that it
 * uses is that thread's.
 */
final class MergeCalls {
    private static final int UNREACHABLE_TRIES = 120;
    private static final int FAILED_TRIES = 5;
    private static final long PAUSE_MILLIS = 500;

    private final Supervisor supervisor;
    private final Patience patience;
    private CompletableFuture<?> latest = CompletableFuture.completedFuture(0);

    MergeCalls(Supervisor supervisor, Patience patience) {
        this.supervisor = supervisor;
        this.patience = patience;
    }

    /** A call to the merge process. */
    interface Call<T> {
        T call() throws IOException, CommandFailure;
    }

    /** The answer. {@code meanwhile} is called ten times a second while waiting for it. */
    <T> T answer(Call<T> call, Runnable meanwhile) throws CommandFailure {
        int unreachable = 0;
        int failed = 0;
        while (true) {
            long restarts = supervisor.restarts();
            Throwable failure;
            try {
                CompletableFuture<T> running = CompletableFuture.supplyAsync(() -> unchecked(call));
                latest = running;
                return patience.outcome(running, meanwhile);
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof Carried carried ? carried.failure() : e.getCause();
            }
            if (failure instanceof IOException && unreachable++ < UNREACHABLE_TRIES) {
                patience.pause(PAUSE_MILLIS);
            } else if (!(failure instanceof IOException)
                    && (restarts > 0 || supervisor.restarts() > restarts)
                    && failed++ < FAILED_TRIES) {
                patience.pause(2 * PAUSE_MILLIS);
            } else if (failure instanceof CommandFailure known) {
                throw known;
            } else {
                throw CommandFailure.failed(failure == null ? "the merge failed" : Failures.oneLine(failure));
            }
        }
    }

    /** Whether no call is under way: one goes on where waiting for it was given up. */
    boolean isIdle() {
        return latest.isDone();
    }

    private static <T> T unchecked(Call<T> call) {
        try {
            return call.call();
        } catch (IOException | CommandFailure e) {
            throw new Carried(e);
        }
    }

    /** Carries a checked failure through a future. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Exception failure;

        Carried(Exception failure) {
            super(failure);
            this.failure = failure;
        }

        Exception failure() {
            return failure;
        }
    }
}
