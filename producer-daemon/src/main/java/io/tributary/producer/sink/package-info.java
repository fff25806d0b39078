/** Where records go, each batch together with the source's position. */
@NullMarked
package io.tributary.producer.sink;

import org.jspecify.annotations.NullMarked;
