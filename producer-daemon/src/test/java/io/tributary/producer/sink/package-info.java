@NullMarked
package io.tributary.producer.sink;

import org.jspecify.annotations.NullMarked;
