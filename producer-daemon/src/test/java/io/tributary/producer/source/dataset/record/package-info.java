@NullMarked
package io.tributary.producer.source.dataset.record;

import org.jspecify.annotations.NullMarked;
