package io.tributary.sandbox.cli.client;

import org.apache.kafka.common.errors.RetriableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tells the failures of a server that may be coming back from all others. Stateless. */
public final class Unreachable {
    private static final int SERVER_ERROR = 500;

    private Unreachable() {}

    /** Whether asking again may help. */
    public static boolean is(RuntimeException failure) {
        if (failure instanceof SdkServiceException answered) {
            return answered.statusCode() >= SERVER_ERROR;
        }
        return failure instanceof SdkClientException || failure instanceof RetriableException;
    }
}
