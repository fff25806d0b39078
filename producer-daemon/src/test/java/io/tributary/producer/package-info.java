@NullMarked
package io.tributary.producer;

import org.jspecify.annotations.NullMarked;
