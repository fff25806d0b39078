package io.tributary.sandbox.server;

/** A server could not start, for a reason its user can mend: the message says what and how, in one line. */
public final class ServerStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public ServerStartException(String message) {
        super(message);
    }

    public ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
