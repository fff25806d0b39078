package io.tributary.consumer.upload;

/** The Kafka cluster did not answer a question. Passes, or the program stays as it is until it does. */
public final class ClusterSilentException extends Exception {
    private static final long serialVersionUID = 1L;

    public ClusterSilentException(String message) {
        super(message);
    }

    public ClusterSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}
