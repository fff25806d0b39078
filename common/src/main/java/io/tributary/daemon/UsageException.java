package io.tributary.daemon;

/**
 * What the program was asked for cannot be: the message names it, says why, and what to do. Thrown while a daemon is
 * composed; the process ends as for a bad configuration, with exit code 2.
 */
public final class UsageException extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
