/** Kafka as the sink: one transaction holds a batch and its checkpoint. */
@NullMarked
package io.tributary.producer.sink.kafka;

import org.jspecify.annotations.NullMarked;
