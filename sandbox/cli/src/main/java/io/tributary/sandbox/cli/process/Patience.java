package io.tributary.sandbox.cli.process;

import io.tributary.sandbox.cli.CommandFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for things to happen while processes work, and stops waiting once one of them was given up. Used by the thread
 * of the command.
 */
public final class Patience {
    private static final long TICK_MILLIS = 100;

    private final CompletableFuture<Void> broken;

    private Patience(CompletableFuture<Void> broken) {
        this.broken = broken;
    }

    /** Waits without processes of its own to look after. */
    public static Patience alone() {
        return new Patience(new CompletableFuture<>());
    }

    /** Waits as long as this supervisor's processes are well. */
    public Patience(Supervisor supervisor) {
        this(supervisor.broken());
    }

    /** Something that may have happened. */
    public interface Condition {
        boolean holds() throws CommandFailure;
    }

    /** Waits until a condition holds, asked every so often. */
    public void until(long everyMillis, Condition condition) throws CommandFailure {
        while (!condition.holds()) {
            pause(everyMillis);
        }
    }

    /**
     * Waits for an outcome, calling {@code meanwhile} ten times a second.
     *
     * @throws ExecutionException with what the work itself failed with
     */
    public <T> T outcome(Future<T> work, Runnable meanwhile) throws CommandFailure, ExecutionException {
        while (true) {
            try {
                return work.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                check();
                meanwhile.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.failed("interrupted");
            }
        }
    }

    /** Lets some time pass. */
    public void pause(long millis) throws CommandFailure {
        try {
            broken.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException allWell) {
            return;
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        }
    }

    private void check() throws CommandFailure {
        if (broken.isCompletedExceptionally()) {
            pause(0);
        }
    }

    /** What to tell about a process that was given up: a source's refusal in its own words, else what happened. */
    public static CommandFailure failure(@Nullable Throwable cause) {
        if (cause instanceof ProcessFailure failure) {
            String message =
                    failure.process().startsWith("producer-") ? failure.reason() : String.valueOf(failure.getMessage());
            return failure.exitCode() == 2 ? CommandFailure.usage(message) : CommandFailure.failed(message);
        }
        return CommandFailure.failed(String.valueOf(cause));
    }
}
