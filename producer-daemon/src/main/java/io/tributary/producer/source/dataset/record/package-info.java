/** Where records end in a stream of bytes: pure, whatever the bytes come from. */
@NullMarked
package io.tributary.producer.source.dataset.record;

import org.jspecify.annotations.NullMarked;
