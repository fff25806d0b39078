package io.tributary.producer.source;

import io.tributary.daemon.Explained;
import java.io.IOException;

/** A source cannot be read. The message names it, says why, and what to do. */
public final class SourceException extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    public SourceException(String message) {
        super(message);
        mayPass = false;
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
        mayPass = false;
    }

    private SourceException(IOException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        mayPass = true;
    }

    /** What the source lies on did not answer: the same request may succeed later. */
    public static SourceException passing(IOException cause) {
        return new SourceException(cause);
    }

    /** Whether it may pass by itself; otherwise someone must mend the configuration or the data. */
    public boolean mayPass() {
        return mayPass;
    }
}
