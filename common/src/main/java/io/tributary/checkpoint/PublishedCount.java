package io.tributary.checkpoint;

/**
 * How many records a source has published to one partition, in all, since it began.
 *
 * @param topic       the topic's name
 * @param incarnation the topic's Kafka topic id
 * @param partition   the partition
 * @param records     committed records, transaction markers not counted
 */
public record PublishedCount(String topic, String incarnation, int partition, long records) {
    public PublishedCount {
        if (partition < 0 || records < 0) {
            throw new IllegalArgumentException(
                    topic + "/" + partition + ": " + records + " published records are negative, or the partition is");
        }
    }
}
