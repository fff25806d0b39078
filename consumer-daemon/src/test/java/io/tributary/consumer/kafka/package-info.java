@NullMarked
package io.tributary.consumer.kafka;

import org.jspecify.annotations.NullMarked;
