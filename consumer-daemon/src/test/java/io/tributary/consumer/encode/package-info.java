@NullMarked
package io.tributary.consumer.encode;

import org.jspecify.annotations.NullMarked;
