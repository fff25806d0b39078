@NullMarked
package io.tributary.producer.sink.kafka;

import org.jspecify.annotations.NullMarked;
