package io.tributary.consumer.kafka;

import io.tributary.staging.ChainId;

/** The log ends before what was read from it. */
final class LogTruncatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogTruncatedException(ChainId chain, long position) {
        super(chain.topic() + "-" + chain.partition() + ": offset " + position + " is beyond the end of the log, "
                + "though the topic is the same (incarnation " + chain.incarnation() + "): the cluster lost records "
                + "that were read before, as after an unclean leader election. What is staged stays right; new records "
                + "would reuse its offsets. Delete and create the topic, which begins a new chain");
    }
}
