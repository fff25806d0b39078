package io.tributary.producer.sink.kafka;

/**
 * The topics that a source writes to.
 *
 * @param data        its records
 * @param rejects     what it refused
 * @param checkpoints its positions
 */
record Topics(Topic data, Topic rejects, Topic checkpoints) {}
