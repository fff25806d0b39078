/** Moving a chain on past offsets, on purpose, whoever else may be writing it. No Kafka and no AWS types. */
@NullMarked
package io.tributary.consumer.skip;

import org.jspecify.annotations.NullMarked;
