package io.tributary.consumer.kafka;

import io.tributary.staging.ChainId;

/** Records expired before they were read, and nobody allowed that. */
final class RecordsExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordsExpiredException(ChainId chain, long chainEnd, long logStart) {
        super(chain.topic() + "-" + chain.partition() + ": offsets [" + chainEnd + ", " + logStart
                + ") expired before they were staged: the chain of incarnation " + chain.incarnation() + " ends at "
                + chainEnd + " and the log starts at " + logStart
                + "; set on-expired = record-gap to go on without them and record the gap");
    }
}
