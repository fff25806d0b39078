package io.tributary.consumer.upload;

import java.util.Optional;

/** Tells which incarnation of a topic is the current one. Safe for many threads; may block for a request. */
public interface Incarnations {
    /**
     * The topic's id, as it was at some moment after {@code since}.
     *
     * @param since monotonic nanoseconds; an answer asked for later than this may be shared with other callers
     * @return empty if there is no such topic
     * @throws ClusterSilentException if the cluster does not say; ask again
     */
    Optional<String> current(String topic, long since) throws ClusterSilentException;
}
