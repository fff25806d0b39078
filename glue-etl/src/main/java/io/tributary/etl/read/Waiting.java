package io.tributary.etl.read;

import io.tributary.etl.EtlException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what a pool computes, and throws what it threw. */
public final class Waiting {
    private Waiting() {}

    /** The result. */
    public static <T> T of(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EtlException("interrupted while staging was listed", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new EtlException("staging could not be listed: " + failed.getCause(), failed);
        }
    }
}
