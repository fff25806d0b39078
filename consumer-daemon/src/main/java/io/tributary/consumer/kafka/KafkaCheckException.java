package io.tributary.consumer.kafka;

import org.jspecify.annotations.Nullable;

/** The cluster is not as the configuration wants it. */
public final class KafkaCheckException extends Exception {
    private static final long serialVersionUID = 1L;

    public KafkaCheckException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
