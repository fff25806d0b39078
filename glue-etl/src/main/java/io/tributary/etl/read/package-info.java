/** Reads the chain: lists and checks links, and decodes their lines on Spark's executors. */
@NullMarked
package io.tributary.etl.read;

import org.jspecify.annotations.NullMarked;
