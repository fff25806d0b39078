@NullMarked
package io.tributary.consumer.store;

import org.jspecify.annotations.NullMarked;
