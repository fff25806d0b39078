/** Files, wherever they lie: what they are called, how long they are, and their bytes from any offset. */
@NullMarked
package io.tributary.producer.source.dataset.file;

import org.jspecify.annotations.NullMarked;
