/**
 * A chain written anew, from Kafka where it is asked for and still there, else from the chain that exists: a new generation
 * under another staging prefix, and what differs. No Kafka and no AWS types.
 */
@NullMarked
package io.tributary.consumer.replay;

import org.jspecify.annotations.NullMarked;
