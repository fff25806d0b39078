package io.tributary.consumer.upload;

import io.tributary.consumer.store.StoreException;
import io.tributary.daemon.Failures;
import io.tributary.daemon.UsageException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tries again what a store did not answer: a command's stead for the uploader's endless one. Blocks. Immutable.
 *
 * @param tries       how often at most, at least 1
 * @param pauseMillis the first pause; each further one is longer by as much
 * @param tell        takes one line for each failure that is tried again
 */
public record Patience(int tries, long pauseMillis, Consumer<String> tell) {
    /** What may fail in passing, and whose own earlier success it knows when the answer got lost. */
    public interface Attempt<T> {
        T make() throws StoreException, UsageException, ClusterSilentException;
    }

    /** Until it is done, was refused, or failed as often as may be. */
    public <T> T with(Attempt<T> attempt) throws StoreException, UsageException, ClusterSilentException {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.make();
            } catch (StoreException failure) {
                if (failure.isRefused() || tried >= tries) {
                    throw failure;
                }
                tell.accept(Failures.oneLine(failure) + "; trying again");
                if (isInterruptedWithin(pauseMillis * tried)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isInterruptedWithin(long millis) {
        try {
            return new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
