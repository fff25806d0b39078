@NullMarked
package io.tributary.consumer.store.s3;

import org.jspecify.annotations.NullMarked;
