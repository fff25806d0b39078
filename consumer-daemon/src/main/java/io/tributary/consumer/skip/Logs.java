package io.tributary.consumer.skip;

import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.Optional;

/** What Kafka says of a partition. Blocks for requests. */
public interface Logs {
    /**
     * A partition as it is now.
     *
     * @return empty if there is no such topic or partition
     * @throws ClusterSilentException if the cluster does not say; ask again
     */
    Optional<Log> of(String topic, int partition) throws ClusterSilentException;

    /**
     * A partition.
     *
     * @param chain   the chain that it is staged in
     * @param offsets from the first that has not expired to the end of what is committed
     */
    record Log(ChainId chain, OffsetRange offsets) {}
}
