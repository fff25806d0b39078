/** What a source has published, as kept in the checkpoint topic. Pure: no Kafka types. */
@NullMarked
package io.tributary.checkpoint;

import org.jspecify.annotations.NullMarked;
