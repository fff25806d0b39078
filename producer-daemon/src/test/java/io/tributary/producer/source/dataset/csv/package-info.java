@NullMarked
package io.tributary.producer.source.dataset.csv;

import org.jspecify.annotations.NullMarked;
