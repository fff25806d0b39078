@NullMarked
package io.tributary.producer.source.dataset.file;

import org.jspecify.annotations.NullMarked;
