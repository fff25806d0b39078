/** The chain of staged objects: names, metadata and lines that writers and readers must agree on. Pure: no Kafka, AWS or Spark types. */
@NullMarked
package io.tributary.staging;

import org.jspecify.annotations.NullMarked;
