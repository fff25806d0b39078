package io.tributary.etl;

import io.tributary.daemon.Failures;
import io.tributary.etl.read.CorruptLinkException;

/** Finds what a person should read in a failure: Spark wraps what went wrong on an executor in much else. */
public final class Reasons {
    private Reasons() {}

    /** The reason, on one line. */
    public static String of(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof EtlException || at instanceof CorruptLinkException) {
                return Failures.oneLine(new IllegalStateException(at.getMessage()));
            }
        }
        String reason = Failures.oneLine(failure);
        int trace = reason.indexOf(" | at ");
        return trace < 0 ? reason : reason.substring(0, trace);
    }
}
