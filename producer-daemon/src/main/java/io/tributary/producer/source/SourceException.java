package io.tributary.producer.source;

import io.tributary.daemon.Explained;

/** A source cannot be read. The message names it, says why, and what to do. */
public final class SourceException extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
