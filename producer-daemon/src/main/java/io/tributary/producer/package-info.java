/** The producer daemon: sources to Kafka, each record exactly once. */
@NullMarked
package io.tributary.producer;

import org.jspecify.annotations.NullMarked;
