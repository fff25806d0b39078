package io.tributary.consumer.kafka;

import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Incarnations;
import io.tributary.daemon.MonotonicClock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Topic ids, asked for as often as callers need and no more: all who wait while a request is under way share the next
 * one, which names every topic known. Safe for many threads.
 */
final class TopicIds implements Incarnations {
    private final Lookup lookup;
    private final MonotonicClock clock;
    private final Set<String> topics = new TreeSet<>();
    private Map<String, String> ids = Map.of();
    private long asOf;
    private boolean asked;

    /** Asks the cluster. */
    interface Lookup {
        /** The id of each of the topics that exists. */
        Map<String, String> ids(Collection<String> topics) throws ClusterSilentException;
    }

    TopicIds(Lookup lookup, MonotonicClock clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    // Asked for under the lock on purpose: who comes meanwhile waits, and then finds the answer.
    @Override
    public synchronized Optional<String> current(String topic, long since) throws ClusterSilentException {
        boolean unknown = topics.add(topic);
        if (unknown || !asked || asOf - since < 0) {
            long before = clock.nanos();
            ids = new HashMap<>(lookup.ids(topics));
            asOf = before;
            asked = true;
        }
        return Optional.ofNullable(ids.get(topic));
    }
}
