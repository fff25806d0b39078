package io.tributary.daemon;

/**
 * What the program was asked for cannot be: the message names it, says why, and what to do. The process ends as for a bad
 * configuration, with exit code 2.
 */
public final class UsageException extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
