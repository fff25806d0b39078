/** Rejects, exported from the lake's table and mended, as a source: published again, each once. */
@NullMarked
package io.tributary.producer.source.rejects;

import org.jspecify.annotations.NullMarked;
