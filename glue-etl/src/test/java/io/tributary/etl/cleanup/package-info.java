@NullMarked
package io.tributary.etl.cleanup;

import org.jspecify.annotations.NullMarked;
