package io.tributary.consumer.kafka;

import org.apache.kafka.common.KafkaException;

/** The client cannot go on reading, for example because a broker gives back other bytes than it was given. */
final class UnreadableLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableLogException(KafkaException cause) {
        super(
                "the log cannot be read on; all that was read before is staged. If no broker has the record whole any more, "
                        + "skip moves on past it",
                cause);
    }
}
