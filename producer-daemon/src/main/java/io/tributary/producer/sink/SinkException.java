package io.tributary.producer.sink;

import io.tributary.daemon.Explained;

/** A sink cannot take what it was given. The message says why and what to do. */
public final class SinkException extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    public enum Remedy {
        /** A new session, for as long as it takes: the sink cannot be reached. */
        WAIT,
        /** A new session, which may help. */
        REOPEN,
        /** Nothing. */
        NONE
    }

    private final Remedy remedy;

    public SinkException(Remedy remedy, String message) {
        super(message);
        this.remedy = remedy;
    }

    public SinkException(Remedy remedy, String message, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public Remedy remedy() {
        return remedy;
    }
}
