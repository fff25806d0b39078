/** Kafka client settings that the programs share. */
@NullMarked
package io.tributary.kafka;

import org.jspecify.annotations.NullMarked;
