@NullMarked
package io.tributary.producer.source.dataset.ndjson;

import org.jspecify.annotations.NullMarked;
