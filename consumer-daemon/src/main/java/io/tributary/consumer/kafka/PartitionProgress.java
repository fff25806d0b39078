package io.tributary.consumer.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Since when each partition has stood still although there is something to read. One that stands must not be hidden by
 * others that move. Confined to one thread.
 */
final class PartitionProgress {
    private final Map<TopicPartition, Track> tracks = new HashMap<>();

    private record Track(long position, OptionalLong lag, long movedAt) {}

    /**
     * A partition that stands.
     *
     * @param partition which
     * @param position  where
     * @param lag       how many offsets there are to read; empty where that is not known
     * @param since     monotonic milliseconds
     */
    record Standing(TopicPartition partition, long position, OptionalLong lag, long since) {}

    /** What a partition's figures are now. */
    void note(TopicPartition partition, long position, OptionalLong lag, long now) {
        Track before = tracks.get(partition);
        boolean nothingToRead = lag.isPresent() && lag.getAsLong() == 0;
        boolean stands = before != null && before.position() == position && !nothingToRead;
        tracks.put(partition, new Track(position, lag, stands && before != null ? before.movedAt() : now));
    }

    /** Only these partitions matter from now on. */
    void retain(Collection<TopicPartition> partitions) {
        tracks.keySet().retainAll(partitions);
    }

    /** The partition that moved longest ago; empty if there is nothing to read anywhere. */
    Optional<Standing> longest() {
        return tracks.entrySet().stream()
                .filter(entry -> entry.getValue().lag().orElse(1) > 0)
                .min(Comparator.comparingLong(entry -> entry.getValue().movedAt()))
                .map(entry -> new Standing(
                        entry.getKey(),
                        entry.getValue().position(),
                        entry.getValue().lag(),
                        entry.getValue().movedAt()));
    }
}
