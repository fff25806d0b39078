package io.tributary.producer.source.rejects;

/**
 * Which record a reject was: its place in Kafka, which no other record ever has.
 *
 * @param topic       the topic, that of a source's rejects where a source refused it
 * @param incarnation the topic's id
 * @param partition   the partition
 * @param offset      the offset
 */
record RejectId(String topic, String incarnation, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "/" + incarnation + "/" + partition + "/" + offset;
    }
}
