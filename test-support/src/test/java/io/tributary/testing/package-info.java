@NullMarked
package io.tributary.testing;

import org.jspecify.annotations.NullMarked;
