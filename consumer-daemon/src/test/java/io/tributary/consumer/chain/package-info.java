@NullMarked
package io.tributary.consumer.chain;

import org.jspecify.annotations.NullMarked;
