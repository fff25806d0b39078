/** What a source is: records with a position, whatever they come from and wherever they go. */
@NullMarked
package io.tributary.producer.source;

import org.jspecify.annotations.NullMarked;
