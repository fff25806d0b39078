@NullMarked
package io.tributary.consumer.skip;

import org.jspecify.annotations.NullMarked;
