package io.tributary.producer.sink.kafka;

import io.tributary.daemon.Failures;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says what a failure of Kafka's client means. Stateless. */
final class Failure {
    private Failure() {}

    /** The failure as the sink's own. */
    static SinkException of(String doing, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (isFencing(cause)) {
            return new SinkException(
                    Remedy.NONE,
                    doing + " failed: another process publishes this source (the same source.name), or this one stood "
                            + "still for longer than a transaction may take; run one of them only",
                    cause);
        }
        String message = doing + " failed: " + Failures.oneLine(cause);
        if (cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof UnsupportedVersionException
                || cause instanceof RecordTooLargeException) {
            return new SinkException(Remedy.NONE, message, cause);
        }
        return new SinkException(cause instanceof RetriableException ? Remedy.WAIT : Remedy.REOPEN, message, cause);
    }

    /** Whether the failure, or what caused it, tells that a later session has begun. */
    static boolean isFencing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
            if (!(cause instanceof KafkaException)) {
                return false;
            }
        }
        return false;
    }
}
