package io.tributary.staging;

/**
 * Names one chain of staged objects: one partition of one incarnation of a topic.
 *
 * @param topic       the topic's name
 * @param incarnation the topic's Kafka topic id, so that a topic deleted and created again never meets its past
 * @param partition   the partition, from 0
 */
public record ChainId(String topic, String incarnation, int partition) {
    public ChainId {
        if (topic.isEmpty() || topic.indexOf('/') >= 0) {
            throw new IllegalArgumentException("topic '" + topic + "' is empty or contains '/'");
        }
        if (incarnation.isEmpty() || incarnation.indexOf('/') >= 0) {
            throw new IllegalArgumentException("incarnation '" + incarnation + "' is empty or contains '/'");
        }
        if (partition < 0) {
            throw new IllegalArgumentException("partition " + partition + " is negative");
        }
    }

    /**
     * The key prefix of the chain's objects, ending in {@code /}.
     *
     * @param stagingPrefix the prefix of all staging, without a trailing {@code /}; may be empty
     */
    public String keyPrefix(String stagingPrefix) {
        String base = stagingPrefix.isEmpty() ? "" : stagingPrefix + "/";
        return base + topic + "/incarnation=" + incarnation + "/partition=" + partition + "/";
    }

    /** {@code topic/incarnation/partition}: the chain's name in watermarks and reports. */
    @Override
    public String toString() {
        return topic + "/" + incarnation + "/" + partition;
    }

    /**
     * The inverse of {@link #toString()}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static ChainId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || !parts[2].matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("'" + text + "' is no chain (topic/incarnation/partition)");
        }
        return new ChainId(parts[0], parts[1], Integer.parseInt(parts[2]));
    }
}
