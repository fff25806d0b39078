/** Rows of CSV: their fields, the types of their columns, and the JSON that they become. */
@NullMarked
package io.tributary.producer.source.dataset.csv;

import org.jspecify.annotations.NullMarked;
