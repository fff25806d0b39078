package io.tributary.consumer.replay;

import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.Iterator;

/** Kafka's records as staged lines. Used by one thread. */
public interface RecordLog {
    /**
     * The committed records of a range, in order, encoded as the consumer would. Before the next call the iterator is
     * used to its end, or never again.
     *
     * @param range within what the log has
     */
    Iterator<Line> lines(ChainId chain, OffsetRange range);
}
