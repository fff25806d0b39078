/** Turns records into the compressed body of a link, on threads of its own. No Kafka and no AWS types. */
@NullMarked
package io.tributary.consumer.encode;

import org.jspecify.annotations.NullMarked;
