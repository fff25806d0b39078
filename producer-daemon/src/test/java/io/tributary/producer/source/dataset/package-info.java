@NullMarked
package io.tributary.producer.source.dataset;

import org.jspecify.annotations.NullMarked;
