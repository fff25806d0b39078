@NullMarked
package io.tributary.consumer.upload;

import org.jspecify.annotations.NullMarked;
