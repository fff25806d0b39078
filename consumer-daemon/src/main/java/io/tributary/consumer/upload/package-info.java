/** Writes closed links to the store until the answer is known. No Kafka and no AWS types. */
@NullMarked
package io.tributary.consumer.upload;

import org.jspecify.annotations.NullMarked;
