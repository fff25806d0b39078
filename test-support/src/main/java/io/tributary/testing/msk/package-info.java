/** What brokers of MSK do that a Kafka of one's own does not. */
@NullMarked
package io.tributary.testing.msk;

import org.jspecify.annotations.NullMarked;
