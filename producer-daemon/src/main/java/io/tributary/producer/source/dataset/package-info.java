/** Files of rows as a source: which ones, from where on, what types, and the records they give. */
@NullMarked
package io.tributary.producer.source.dataset;

import org.jspecify.annotations.NullMarked;
