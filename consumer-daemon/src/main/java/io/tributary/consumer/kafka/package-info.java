/** Reads Kafka and drives the chain writers: one thread owns the consumer and every partition's state. */
@NullMarked
package io.tributary.consumer.kafka;

import org.jspecify.annotations.NullMarked;
