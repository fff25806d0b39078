package io.tributary.producer.sink.kafka;

/**
 * A topic as it was found.
 *
 * @param name       its name
 * @param id         what tells it from an earlier topic of the same name
 * @param partitions how many it has
 * @param maxBytes   the largest batch of records that it takes
 */
record Topic(String name, String id, int partitions, int maxBytes) {}
