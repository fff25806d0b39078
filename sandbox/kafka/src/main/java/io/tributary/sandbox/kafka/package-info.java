/** A real Kafka broker as a process of its own. */
@NullMarked
package io.tributary.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
