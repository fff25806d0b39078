/** Kafka to chains of staged objects on S3. */
@NullMarked
package io.tributary.consumer;

import org.jspecify.annotations.NullMarked;
