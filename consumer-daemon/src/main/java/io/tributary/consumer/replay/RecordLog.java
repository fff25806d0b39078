package io.tributary.consumer.replay;

import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.Optional;

/** Kafka's records as staged lines. Used by one thread. */
public interface RecordLog {
    /** Records, one after the other. */
    interface Lines {
        /**
         * The next one; empty at the end.
         *
         * @throws ClusterSilentException if Kafka gives nothing for long though there is more
         */
        Optional<Line> next() throws ClusterSilentException;
    }

    /** Says which incarnation of a topic is the current one. */
    interface Topics {
        /** Empty if there is no such topic. */
        Optional<String> incarnation(String topic) throws ClusterSilentException;
    }

    /**
     * The committed records of a range, in order, encoded as the consumer would. Before the next call they are read to
     * their end, or never again.
     *
     * @param range within what the log has
     */
    Lines lines(ChainId chain, OffsetRange range);
}
