@NullMarked
package io.tributary.producer.source;

import org.jspecify.annotations.NullMarked;
