@NullMarked
package io.tributary.consumer.replay;

import org.jspecify.annotations.NullMarked;
