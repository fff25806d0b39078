@NullMarked
package io.tributary.testing.faults;

import org.jspecify.annotations.NullMarked;
